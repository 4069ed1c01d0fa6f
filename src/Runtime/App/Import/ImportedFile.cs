namespace FineTune.App.Import;

/// <summary>A file of rows that a configuration names.</summary>
/// <param name="Name">What the configuration calls it.</param>
/// <param name="Path">The file that the recipe reads.</param>
/// <param name="Form">What its rows are.</param>
internal sealed record ImportedFile(string Name, string Path, RowForm Form)
{
    /// <summary>How often a row is used in an epoch.</summary>
    public double Weight { get; init; } = 1;
}
