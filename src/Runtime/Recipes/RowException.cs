namespace FineTune.Recipes;

/// <summary>A row does not have the shape that the recipe reads. The reader of the file adds file and line.</summary>
/// <param name="message">What is wrong with the row.</param>
public sealed class RowException(string message) : Exception(message);
