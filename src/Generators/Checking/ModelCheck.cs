using FineTune.Facts;
using FineTune.Facts.Rules;
using FineTune.Keys;

namespace FineTune.Checking;

/// <summary>Checks a recipe against its model; where nothing is known of that, against what all models have.</summary>
internal static class ModelCheck
{
    /// <summary>The model by itself: mistakes at the key that names it.</summary>
    public static IEnumerable<FactProblem> CheckFolder(ModelFacts? facts, KeySettings settings) =>
        facts is null ? [] : ModelRules.Check(facts, isRandom: settings.Effective(ModelKeys.Initialization) is KeyValue.Text { Value: "random" });

    /// <summary>What the recipe does with it.</summary>
    public static IEnumerable<FactProblem> CheckUse(ModelFacts? facts, KeySettings settings, KeySurface surface) =>
        facts is null ? TargetRules.CheckNames(settings)
        : facts.Linears.Count == 0 ? TargetRules.CheckNames(settings).Concat(ModelUseRules.Check(facts, settings, surface))
        : ModelUseRules.Check(facts, settings, surface);

    /// <summary>Whether it fits the device.</summary>
    public static IEnumerable<FactProblem> CheckMemory(ModelFacts? facts, KeySettings settings, ProjectFacts project) =>
        project.DeviceMemory is not { } text ? []
        : DeviceMemory.Parse(text) is not { } bytes
            ? [new(ModelKeys.Base, FactCodes.UnreadableMemory, $"FineTuneDeviceMemory of the project is {KeyText.Quote(text)}, which is no size; write it as in 24GiB.")]
        : facts is null ? []
        : DeviceMemory.Check(facts, settings, bytes);
}
