namespace FineTune.Keys;

/// <summary>One setting of a recipe: everything that its parsing, checking, defaults and documentation need.</summary>
/// <param name="Section">Where it stands.</param>
/// <param name="Name">Its name in YAML.</param>
/// <param name="CSharpName">Its name in C#, of the attribute's and of the option record's property.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Summary">One line: what it does.</param>
internal sealed record Key(KeySection Section, string Name, string CSharpName, KeyType Type, string Summary)
{
    /// <summary>Its whole name, such as <c>training.epochs</c>: what <c>--set</c> takes.</summary>
    public string Path => Section.Name.Length == 0 ? Name : Section.Name + "." + Name;

    /// <summary>The version of the SDK that brought it.</summary>
    public string Since { get; init; } = KeyTable.FirstVersion;

    /// <summary>The value where none is given; <see langword="null"/> where that is no value of its own.</summary>
    public KeyValue? Default { get; init; }

    /// <summary>The value without the key, where it depends on other keys; <see cref="Absent"/> says how.</summary>
    public Func<KeySettings, KeyValue>? DefaultOf { get; init; }

    /// <summary>What it means to leave the key out, where <see cref="Default"/> does not say it all.</summary>
    public string? Absent { get; init; }

    /// <summary>The code of the mistake to leave a required key out.</summary>
    public string MissingCode { get; init; } = KeyCodes.MissingKey;

    /// <summary>Whether a recipe must have it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether generated code depends on it, so that it cannot change after the build.</summary>
    public bool FixedAtBuild { get; init; }

    /// <summary>Whether it only has a YAML form, because C# says it by other means.</summary>
    public bool YamlOnly { get; init; }

    /// <summary>Whether it is a constructor argument of its attribute.</summary>
    public bool Positional { get; init; }

    /// <summary>The numbers that it accepts.</summary>
    public KeyRange? Range { get; init; }

    /// <summary>Whether numbers below 1 are a share of all steps; from 1 on they count steps and have no fraction.</summary>
    public bool ShareOfSteps { get; init; }

    /// <summary>Whether the numbers of a mapping are whole.</summary>
    public bool Whole { get; init; }

    /// <summary>What its number counts.</summary>
    public string? Unit { get; init; }

    /// <summary>The values of a choice.</summary>
    public KeyChoice[] Choices { get; init; } = [];

    /// <summary>The enumeration of a choice in C#.</summary>
    public string? CSharpType { get; init; }

    /// <summary>The namespace of <see cref="CSharpType"/>.</summary>
    public string CSharpNamespace { get; init; } = "FineTune.Recipes";

    /// <summary>Keys that say the same in another way, so that only one may be given.</summary>
    public string[] Excludes { get; init; } = [];

    /// <summary>What must be given for this key to mean anything.</summary>
    public KeyNeed[] Needs { get; init; } = [];

    /// <summary>What other tools call it; understood only to suggest this key.</summary>
    public string[] Synonyms { get; init; } = [];

    public override string ToString() => Path;
}
