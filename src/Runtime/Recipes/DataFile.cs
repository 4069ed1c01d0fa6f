namespace FineTune.Recipes;

/// <summary>A file of training rows and its weight in a mixture.</summary>
/// <param name="Path">The file, relative to the project.</param>
/// <param name="Weight">
/// How often each of its rows is used in an epoch: 2 uses every row twice, 0.5 half of the rows, another half in the next
/// epoch.
/// </param>
public sealed record DataFile(string Path, double Weight = 1)
{
    /// <summary>A file whose rows are used once in an epoch.</summary>
    public static implicit operator DataFile(string path) => new(path);
}
