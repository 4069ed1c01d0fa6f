namespace FineTune.Attributes;

/// <summary>Pretraining: the loss is on every token; rows are joined and cut at the longest sequence.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PretrainAttribute : TrainingAttribute;
