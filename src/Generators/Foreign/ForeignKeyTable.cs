using FineTune.Keys;

namespace FineTune.Foreign;

/// <summary>All settings of other tools that are recognised. Of several rows that fit, the first counts.</summary>
internal static class ForeignKeyTable
{
    public static readonly IReadOnlyList<ForeignKey> All =
    [
        .. ForeignModelKeys.All, .. ForeignDataKeys.All, .. ForeignAdapterKeys.All, .. ForeignTrainingKeys.All, .. ForeignRunKeys.All,
        .. ForeignAlignmentKeys.All, .. ForeignDeviceKeys.All,
    ];

    /// <summary>What is true here of a setting that has no key, or <see langword="null"/> if no tool is known to have it.</summary>
    public static KeyProblem? Explain(string name, string? value)
    {
        var plain = name.Substring(name.LastIndexOf('.') + 1);
        var row = All.FirstOrDefault(row => row.Matches(plain, value));
        var quoted = KeyText.Quote(name);
        return row?.Standing switch
        {
            null => null,
            ForeignStanding.Said => new(KeyCodes.RenamedKey, $"{quoted} is said otherwise here: {row.Answer}."),
            ForeignStanding.Unneeded => new(KeyCodes.UnneededKey, $"{quoted} ({ForeignToolNames.Of(row.Tools)}) is not needed here: {row.Answer}; remove it."),
            ForeignStanding.Elsewhere => new(KeyCodes.KeyElsewhere, $"{quoted} ({ForeignToolNames.Of(row.Tools)}) is no part of a recipe: {row.Answer}."),
            _ => new(KeyCodes.MissingFeature, $"{quoted} ({ForeignToolNames.Of(row.Tools)}) has no equivalent here: {row.Answer}."),
        };
    }
}
