using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>A configuration while it becomes a recipe: what the recipe has so far, and what has been looked at.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="stem">The recipe's file name without <c>.recipe.yaml</c>, after which further files are named.</param>
internal sealed class ImportContext(ConfigurationFile configuration, string stem)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public ConfigurationTool Tool => configuration.Tool;

    /// <summary>The tool as its users write it.</summary>
    public string ToolName => ConfigurationToolName.Of(Tool);

    public ConfigurationNode Root => configuration.Root;

    /// <summary>The name for further files.</summary>
    public string Stem => stem;

    public KeySettings Settings { get; } = new();

    public ImportNotes Notes { get; } = new();

    /// <summary>Files that the recipe names and that are written with it, by their names.</summary>
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a setting has been looked at.</summary>
    public bool IsTaken(string name) => _taken.Contains(name);

    /// <summary>The value of a setting, which is looked at with it.</summary>
    public ConfigurationNode? Take(string name)
    {
        _taken.Add(name);
        return Root[name];
    }

    public string? Text(string name) => Take(name) is { IsNothing: false, Text: { } text } ? text.Trim() : null;

    public double? Number(string name) => Take(name)?.Number;

    public bool IsOn(string name) => Take(name) is { IsTrue: true };

    /// <summary>Looks at settings that are not needed.</summary>
    public void Leave(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Take(name) is not null)
                Notes.Leave(name);
        }
    }

    public void Set(Key key, KeyValue value) => Settings.Set(key, value);

    public void Set(Key key, string text) => Settings.Set(key, new KeyValue.Text(text));

    /// <summary>Sets a key, unless its value would be a mistake.</summary>
    public bool TrySet(Key key, KeyValue value, out string? problem)
    {
        problem = KeyChecker.Check(key, value, KeySurface.Yaml)?.Message;
        if (problem is null)
            Settings.Set(key, value);
        return problem is null;
    }

    /// <summary>Sets a key, or says why its value has no equivalent.</summary>
    public void SetOrMiss(string name, Key key, KeyValue value)
    {
        if (!TrySet(key, value, out var problem))
            Notes.Miss($"'{name}': {problem}");
    }

    /// <summary>Whether the recipe pretrains.</summary>
    public bool Pretrains => Settings.Effective(TrainingKeys.Method) is KeyValue.Text { Value: "pretrain" };
}
