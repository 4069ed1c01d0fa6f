namespace FineTune.Recipes;

/// <summary>A row does not have the shape that the recipe reads. The reader of the file adds file and line.</summary>
/// <param name="message">What is wrong with the row.</param>
/// <param name="missingColumn">The column that the row lacks, if that is what is wrong.</param>
public sealed class RowException(string message, string? missingColumn = null) : Exception(message)
{
    /// <summary>The column that the row lacks; <see langword="null"/> if something else is wrong.</summary>
    public string? MissingColumn { get; } = missingColumn;
}
