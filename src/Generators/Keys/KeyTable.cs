namespace FineTune.Keys;

/// <summary>
/// Every key of a recipe. The one table behind parsing, checking, defaults, suggestions, <c>--set</c> and the reference
/// page, in the order in which a recipe is written.
/// </summary>
internal static class KeyTable
{
    /// <summary>The version of the SDK that has all keys that do not say otherwise by <see cref="Key.Since"/>.</summary>
    public const string FirstVersion = "0.1.0";

    public static readonly IReadOnlyList<KeySection> Sections =
    [
        RecipeKeys.Section, ModelKeys.Section, DataKeys.Section, AdapterKeys.Section, TrainingKeys.Section, GrpoKeys.Section, EvaluationKeys.Section,
    ];

    public static readonly IReadOnlyList<Key> All =
    [
        .. RecipeKeys.All, .. ModelKeys.All, .. DataKeys.All, .. AdapterKeys.All, .. TrainingKeys.All, .. GrpoKeys.All, .. EvaluationKeys.All,
    ];

    private static readonly Dictionary<string, Key> ByPath = All.ToDictionary(key => key.Path, StringComparer.Ordinal);

    private static readonly Dictionary<string, KeySection> SectionsByName =
        Sections.ToDictionary(section => section.Name, StringComparer.Ordinal);

    /// <summary>The key with this whole name; it must exist.</summary>
    public static Key Get(string path) => ByPath[path];

    /// <summary>The key with this name in a section, or <see langword="null"/>.</summary>
    public static Key? Find(KeySection section, string name) =>
        ByPath.TryGetValue(section.Name.Length == 0 ? name : section.Name + "." + name, out var key) && key.Section == section ? key : null;

    /// <summary>The section with this name, or <see langword="null"/>.</summary>
    public static KeySection? FindSection(string name) => SectionsByName.TryGetValue(name, out var section) ? section : null;

    /// <summary>The keys of a section, in order.</summary>
    public static IEnumerable<Key> Of(KeySection section) => All.Where(key => key.Section == section);
}
