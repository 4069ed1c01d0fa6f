namespace FineTune.App.Import;

/// <summary>What became of a configuration besides the recipe.</summary>
internal sealed class ImportNotes
{
    private readonly List<string> _assumed = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _unneeded = [];

    /// <summary>What the configuration does not say, or says otherwise, and what the recipe has for it: a user must look at it.</summary>
    public IReadOnlyList<string> Assumed => _assumed;

    /// <summary>What has no equivalent.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The names of settings that are not needed.</summary>
    public IReadOnlyList<string> Unneeded => _unneeded;

    public void Assume(string sentence) => Add(_assumed, sentence);

    public void Miss(string sentence) => Add(_missing, sentence);

    public void Leave(string name) => Add(_unneeded, name);

    // Several datasets may have the same setting.
    private static void Add(List<string> notes, string note)
    {
        if (!notes.Contains(note))
            notes.Add(note);
    }
}
