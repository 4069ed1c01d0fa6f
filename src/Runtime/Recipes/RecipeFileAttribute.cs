using System.ComponentModel;

namespace FineTune.Recipes;

/// <summary>
/// Says which file or folder a recipe of this assembly names, and where. Generated; the build reads it from the compiled
/// assembly in order to report, at that place, what is missing.
/// </summary>
/// <param name="recipe">The recipe's name.</param>
/// <param name="key">The key that names it: model.base, data.train or data.test.</param>
/// <param name="path">The file or folder as named, relative to the project.</param>
/// <param name="source">The source that names it, relative to the project.</param>
/// <param name="line">The line in the source, from 1.</param>
/// <param name="column">The column in the source, from 1.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecipeFileAttribute(string recipe, string key, string path, string source, int line, int column) : Attribute
{
    /// <summary>The recipe's name.</summary>
    public string Recipe { get; } = recipe;

    /// <summary>The key that names it: model.base, data.train or data.test.</summary>
    public string Key { get; } = key;

    /// <summary>The file or folder as named, relative to the project.</summary>
    public string Path { get; } = path;

    /// <summary>The source that names it, relative to the project.</summary>
    public string Source { get; } = source;

    /// <summary>The line in the source, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The column in the source, from 1.</summary>
    public int Column { get; } = column;
}
