using FineTune.Keys;

namespace FineTune.Rules;

/// <summary>What a rule sees: the values, and how its message names them.</summary>
internal sealed class RuleContext(KeySettings settings, KeySurface surface, RecipeRule rule)
{
    // In C# a recipe's rule is told at the recipe, to which the attributes of its model and its row belong as little as others.
    private readonly KeySection _place = rule.Key.Section == ModelKeys.Section || rule.Key.Section == DataKeys.Section
        ? rule.IsOf(rule.Key.Section) ? rule.Key.Section : RecipeKeys.Section
        : rule.Key.Section;

    /// <summary>Whether a value other than the default is given.</summary>
    public bool Given(Key key) => settings.Changes(key);

    /// <summary>The number in effect; <see langword="null"/> where there is none.</summary>
    public double? Number(Key key) => settings.Effective(key) switch
    {
        KeyValue.Integer integer => integer.Value,
        KeyValue.Number number => number.Value,
        _ => null,
    };

    /// <summary>The text or choice in effect.</summary>
    public string? Text(Key key) => (settings.Effective(key) as KeyValue.Text)?.Value;

    /// <summary>The files or the folder in effect.</summary>
    public IEnumerable<string> Paths(Key key) => KeyFiles.Of(settings.Effective(key)).Select(file => file.Path).Where(path => path.Length > 0);

    /// <summary>The boolean in effect.</summary>
    public bool IsOn(Key key) => settings.Effective(key) is KeyValue.Boolean { Value: true };

    /// <summary>The list in effect.</summary>
    public EquatableArray<string> Items(Key key) => settings.Effective(key) is KeyValue.List list ? list.Items : default;

    /// <summary>The numbers by pattern in effect.</summary>
    public EquatableArray<NamedNumber> Numbers(Key key) => settings.Effective(key) is KeyValue.Map map ? map.Entries : default;

    /// <summary>Whether a text or choice in effect is one of some.</summary>
    public bool Is(Key key, params string[] values) => Text(key) is { } text && values.Contains(text);

    /// <summary>A key's name as the recipe writes it.</summary>
    public string Name(Key key) => KeyText.NameIn(key, _place, surface);

    /// <summary>A key and the value that it has.</summary>
    public string Setting(Key key) => $"{Name(key)} is {Value(key)}";

    /// <summary>The value in effect, as the recipe writes it.</summary>
    public string Value(Key key) => settings.Effective(key) switch
    {
        KeyValue.Text text when key.Type == KeyType.Choice => KeyText.Name(text.Value, key, surface),
        KeyValue.Text text => KeyText.Quote(text.Value),
        { } value => value.ToYaml(),
        null => "not given",
    };

    /// <summary>A choice's name as the recipe writes it.</summary>
    public string Choice(Key key, string name) => KeyText.Name(name, key, surface);
}
