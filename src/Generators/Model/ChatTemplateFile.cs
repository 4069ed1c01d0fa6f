namespace FineTune.Model;

/// <summary>A chat template of a recipe's model.</summary>
/// <param name="Model">The model as recipes name it.</param>
/// <param name="Path">The file that the template is in.</param>
/// <param name="Source">The template's text.</param>
internal sealed record ChatTemplateFile(string Model, string Path, string Source);
