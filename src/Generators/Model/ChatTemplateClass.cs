namespace FineTune.Model;

/// <summary>A class that a chat template is compiled to.</summary>
/// <param name="Model">The model as recipes name it.</param>
/// <param name="ClassName">The class.</param>
internal sealed record ChatTemplateClass(string Model, string ClassName);
