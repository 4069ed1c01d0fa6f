using FineTune.Foreign;

namespace FineTune.Keys;

/// <summary>Explains names that no key has.</summary>
internal static class KeyNames
{
    /// <summary>Names that mean another thing in each section: they are a key's synonym in its own section alone.</summary>
    public static readonly IReadOnlyList<string> Ambiguous = ["type", "name", "path", "kind", "format", "keys", "modules", "task", "steps", "samples"];

    /// <summary>Names of keys that other tools have for other things at their top level: of generation, and of methods that there are not.</summary>
    public static readonly IReadOnlyList<string> OfOtherThings = ["beta", "temperature", "top_k", "top_p"];

    /// <summary>The mistake of a name in a section that has no such key.</summary>
    /// <param name="section">The section.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">Its value, where that is a scalar: some settings of other tools mean different things by it.</param>
    /// <param name="surface">Where it is written.</param>
    public static KeyProblem Unknown(KeySection section, string name, string? value = null, KeySurface surface = KeySurface.Yaml) =>
        LookAlikes.Explain(name)
            ?? ExplainColon(name)
            ?? Known(section, name, value, surface)
            ?? Near(section, name, surface)
            ?? new(KeyCodes.UnknownKey, $"{Place(section, name, surface)}; it has {KeyText.Alternatives(Children(section, surface))}.");

    /// <summary>The section that another tool calls so.</summary>
    public static KeySection? FindRenamedSection(string name) =>
        KeyTable.Sections.FirstOrDefault(section => section.Synonyms.Any(synonym => Suggestion.Same(synonym, name)));

    /// <summary>The key that a name means, of another section or of another tool; <see langword="null"/> if none is certain.</summary>
    public static Key? FindMeant(KeySection section, string name)
    {
        var plain = name.Substring(name.LastIndexOf('.') + 1);
        return KeyTable.Of(section).FirstOrDefault(key => IsSynonym(key, plain) || Suggestion.Same(key.Name, plain))
            ?? (IsOfOtherThings(section, plain) ? null : KeyTable.All.FirstOrDefault(key => Suggestion.Same(key.Name, plain)))
            ?? (Ambiguous.Contains(plain) ? null : KeyTable.All.FirstOrDefault(key => IsSynonym(key, plain)));
    }

    /// <summary>The names that may stand in a section, subsections included.</summary>
    public static IEnumerable<string> Children(KeySection section, KeySurface surface = KeySurface.Yaml)
    {
        if (surface == KeySurface.CSharp)
            return KeyTable.Of(section).Where(key => !key.YamlOnly && !key.Positional).Select(key => key.CSharpName);
        var keys = KeyTable.Of(section).Select(key => key.Name);
        return section.Name.Length > 0 ? keys : keys.Concat(KeyTable.Sections.Select(child => child.Name).Where(child => child.Length > 0));
    }

    /// <summary>
    /// What is certain of a name, in the order of likelihood: this section's name in another spelling, another tool's name for
    /// one of its keys, a section, a path in place of a name, a key of another section, another tool's name for one of those,
    /// and another tool's setting that has no key.
    /// </summary>
    public static KeyProblem? Known(KeySection section, string name, string? value, KeySurface surface)
    {
        var plain = name.Substring(name.LastIndexOf('.') + 1);
        if (Children(section, surface).FirstOrDefault(child => Suggestion.Same(child, name)) is { } child && !name.Contains('.'))
            return DidYouMean(section, name, child, surface);
        if (KeyTable.Of(section).FirstOrDefault(key => IsSynonym(key, plain)) is { } renamed)
            return Renamed(name, renamed, section, surface);
        if (section.Name.Length == 0 && value is null && FindRenamedSection(name) is { } renamedSection)
            return new(KeyCodes.RenamedKey, $"{KeyText.Quote(name)} is the section '{renamedSection.Name}' here.");
        if (name.Contains('.') && KeyTable.All.FirstOrDefault(key => Suggestion.Same(key.Path, name)) is { } dotted)
            return Dotted(section, name, dotted);
        if (!IsOfOtherThings(section, plain) && KeyTable.All.FirstOrDefault(key => key.Section != section && Suggestion.Same(key.Name, plain)) is { } misplaced)
            return new(KeyCodes.MisplacedKey, $"{KeyText.Quote(name)} is no key of {SectionName(section, surface)}; it belongs in {SectionName(misplaced.Section, surface)}.");
        return !Ambiguous.Contains(plain) && KeyTable.All.FirstOrDefault(key => IsSynonym(key, plain)) is { } elsewhere
            ? Renamed(name, elsewhere, section, surface)
            : ForeignKeyTable.Explain(name, value);
    }

    // What may be a slip: in this section, in another tool's name, or in a key of another section.
    private static KeyProblem? Near(KeySection section, string name, KeySurface surface)
    {
        var meant = Suggestion.Nearest(name, Children(section, surface))
            ?? KeyTable.Of(section).FirstOrDefault(key => Suggestion.Nearest(name, key.Synonyms) is not null)?.Name
            ?? KeyTable.All.FirstOrDefault(key => Suggestion.Nearest(name, key.Synonyms.Append(key.Name)) is not null)?.Path;
        return meant is null ? null : DidYouMean(section, name, meant, surface);
    }

    private static KeyProblem? ExplainColon(string name) => name.IndexOf(':') is > 0 and var colon
        ? new(
            KeyCodes.NoSpaceAfterColon,
            $"A key is followed by a colon and a space; write {KeyText.Quote($"{name.Substring(0, colon).Trim()}: {name.Substring(colon + 1).Trim()}")}.")
        : null;

    private static KeyProblem Dotted(KeySection section, string name, Key key) => new(
        KeyCodes.DottedKey,
        key.Section == section
            ? $"{KeyText.Quote(name)} stands in '{section.Name}' already; write '{key.Name}'."
            : $"{KeyText.Quote(name)} is written in two lines: '{key.Section.Name}:', and indented below it '{key.Name}: …'.");

    private static KeyProblem DidYouMean(KeySection section, string name, string meant, KeySurface surface) =>
        new(KeyCodes.UnknownKey, $"{Place(section, name, surface)}; did you mean '{meant}'?");

    private static KeyProblem Renamed(string name, Key key, KeySection section, KeySurface surface) =>
        new(KeyCodes.RenamedKey, $"{KeyText.Quote(name)} is {KeyText.NameIn(key, section, surface)} here.");

    private static bool IsOfOtherThings(KeySection section, string name) => section.Name.Length == 0 && OfOtherThings.Any(other => Suggestion.Same(other, name));

    private static bool IsSynonym(Key key, string name) => key.Synonyms.Any(synonym => Suggestion.Same(synonym, name));

    private static string Place(KeySection section, string name, KeySurface surface) =>
        $"Unknown key {KeyText.Quote(name)} {(section.Name.Length == 0 ? "at" : "in")} {SectionName(section, surface)}";

    private static string SectionName(KeySection section, KeySurface surface) =>
        surface == KeySurface.CSharp ? $"[{section.Attributes[0]}]" : section.Name.Length == 0 ? "the top level" : $"'{section.Name}'";
}
