namespace FineTune.Attributes;

/// <summary>Supervised fine-tuning: the loss is on the completions.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SftAttribute : TrainingAttribute;
