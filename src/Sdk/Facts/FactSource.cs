namespace FineTune.Build.Facts;

/// <summary>A model folder or a data file that a recipe names.</summary>
/// <param name="IsModel">Whether it is a model folder.</param>
/// <param name="Name">As named, relative to the project.</param>
internal readonly record struct FactSource(bool IsModel, string Name);
