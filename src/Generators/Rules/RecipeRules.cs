using FineTune.Keys;

namespace FineTune.Rules;

/// <summary>All rules between values, and their check: the same in YAML, in attributes and in <c>--set</c>.</summary>
internal static class RecipeRules
{
    public static readonly IReadOnlyList<RecipeRule> All =
    [
        .. FileRules.All, .. BatchRules.All, .. ScheduleRules.All, .. OptimizerRules.All, .. AdapterRules.All, .. TrainingFeatureRules.All, .. EvaluationRules.All,
        .. GrpoRules.All,
        .. CheckpointRules.All,
    ];

    /// <summary>The breaches of a recipe.</summary>
    /// <param name="settings">Its values.</param>
    /// <param name="surface">Where it is written.</param>
    /// <param name="isUsable">Whether a key's value is what the user wrote; what a wrong value was meant to be is not known.</param>
    public static IEnumerable<(RecipeRule Rule, KeyProblem Problem)> Check(KeySettings settings, KeySurface surface, Func<Key, bool> isUsable) =>
        from rule in All
        where isUsable(rule.Key) && rule.Others.All(isUsable)
        let message = rule.Check(new(settings, surface, rule))
        where message is not null
        select (rule, new KeyProblem(rule.Code, message));
}
