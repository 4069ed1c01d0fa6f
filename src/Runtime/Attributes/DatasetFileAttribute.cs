using FineTune.Recipes;

namespace FineTune.Attributes;

/// <summary>Adds a file to the training rows of a type with <see cref="DatasetAttribute"/>, which makes them a mixture.</summary>
/// <param name="path">The file, relative to the project.</param>
/// <example><code>
/// [Dataset("data/support.jsonl", Test = "data/test.jsonl")]
/// [DatasetFile("data/general.jsonl", Weight = 0.5)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class DatasetFileAttribute(string path) : Attribute
{
    /// <inheritdoc cref="DataFile.Path"/>
    public string Path { get; } = path;

    /// <inheritdoc cref="DataFile.Weight"/>
    public double Weight { get; set; } = 1;
}
