namespace FineTune.Recipes;

/// <summary>A column that is read as something else than text, for files of separated values, in which everything is text.</summary>
/// <param name="type">What it is.</param>
/// <param name="isNullable">Whether an empty field is null.</param>
/// <param name="names">The names that it may have in the header.</param>
public sealed class TextColumn(TextColumnType type, bool isNullable, params string[] names)
{
    /// <summary>What it is.</summary>
    public TextColumnType Type { get; } = type;

    /// <summary>Whether an empty field is null.</summary>
    public bool IsNullable { get; } = isNullable;

    /// <summary>The names that it may have in the header.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
