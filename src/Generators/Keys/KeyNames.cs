namespace FineTune.Keys;

/// <summary>Explains names that no key has.</summary>
internal static class KeyNames
{
    /// <summary>The mistake of a name in a section that has no such key.</summary>
    public static KeyProblem Unknown(KeySection section, string name)
    {
        var where = section.Name.Length == 0 ? "at the top level" : $"in '{section.Name}'";
        var meant = Meant(section, name);
        var advice = meant is null
            ? $"; it has {KeyText.Alternatives(Children(section))}"
            : $"; did you mean '{meant}'?";
        return new(KeyCodes.UnknownKey, $"Unknown key {KeyText.Quote(name)} {where}{advice}{(meant is null ? "." : "")}");
    }

    /// <summary>The names that may stand in a section, subsections included.</summary>
    public static IEnumerable<string> Children(KeySection section)
    {
        var keys = KeyTable.Of(section).Select(key => key.Name);
        return section.Name.Length > 0 ? keys : keys.Concat(KeyTable.Sections.Select(child => child.Name).Where(child => child.Length > 0));
    }

    // In the order of likelihood: a slip in this section, another tool's name for one of its keys, the right name in the
    // wrong section, another tool's name for a key elsewhere, and a slip in any of those.
    private static string? Meant(KeySection section, string name)
    {
        var own = KeyTable.Of(section).ToList();
        var all = KeyTable.All;
        return Suggestion.Nearest(name, Children(section))
            ?? own.FirstOrDefault(key => key.Synonyms.Any(synonym => Suggestion.Same(synonym, name)))?.Name
            ?? (section.Name.Length == 0 ? MeantSection(name) : null)
            ?? own.FirstOrDefault(key => Suggestion.Same(key.Path, name))?.Name
            ?? all.FirstOrDefault(key => Suggestion.Same(key.Name, name) || Suggestion.Same(key.Path, name))?.Path
            ?? all.FirstOrDefault(key => key.Synonyms.Any(synonym => Suggestion.Same(synonym, name)))?.Path
            ?? own.FirstOrDefault(key => Suggestion.Nearest(name, key.Synonyms) is not null)?.Name
            ?? all.FirstOrDefault(key => Suggestion.Nearest(name, key.Synonyms.Append(key.Name)) is not null)?.Path;
    }

    private static string? MeantSection(string name) =>
        KeyTable.Sections.FirstOrDefault(section => section.Synonyms.Any(synonym => Suggestion.Same(synonym, name)))?.Name;
}
