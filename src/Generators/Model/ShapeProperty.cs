namespace FineTune.Model;

/// <summary>A property of a row that stands for a column of its shape.</summary>
/// <param name="Column">The column of the shape.</param>
/// <param name="Name">The property.</param>
internal sealed record ShapeProperty(string Column, string Name);
