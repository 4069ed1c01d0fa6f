using FineTune.Keys;

namespace FineTune.Facts.Rules;

/// <summary>Checks an adapter's targets and rank against the model's modules.</summary>
internal static class TargetRules
{
    private static readonly Key[] OtherSelections =
    [
        AdapterKeys.TargetPattern, AdapterKeys.ExcludeModules, AdapterKeys.ExcludePattern, AdapterKeys.LayersToTransform, AdapterKeys.RankPattern,
    ];

    public static IEnumerable<FactProblem> Check(ModelFacts facts, KeySettings settings)
    {
        if (settings.Effective(AdapterKeys.Kind) is not KeyValue.Text { Value: "lora" } || facts.Linears.Count == 0
            || settings.Effective(AdapterKeys.Targets) is not KeyValue.List { Items: var targets })
            yield break;
        foreach (var target in targets.Where(target => target != ModuleNames.AllLinear))
        {
            if (IsTiedHead(facts, target))
            {
                yield return new(
                    AdapterKeys.Targets, FactCodes.TiedHead,
                    $"The output head of the model {KeyText.Quote(facts.Name)} is its embedding (tie_word_embeddings): an adapter on {KeyText.Quote(target)} makes it a weight of its own, so that the merged model is larger; remove it, unless that is meant.",
                    target);
            }
            else if (!facts.Linears.Any(linear => linear.IsMeantBy(target)))
            {
                // What is no name, or no linear layer in any model, is told as such.
                yield return ModuleNames.Check(target) is { } general && general.Code != KeyCodes.UnknownTarget
                    ? new(AdapterKeys.Targets, general.Code, general.Message, target) { Replacement = general.Replacement }
                    : DescribeUnknown(facts, target);
            }
        }

        if (CheckRank(facts, settings) is { } problem)
            yield return problem;
    }

    /// <summary>Checks targets where no model is at hand: their last component must be a name that models have.</summary>
    public static IEnumerable<FactProblem> CheckNames(KeySettings settings) =>
        settings.TryGet(AdapterKeys.Targets, out var value) && value is KeyValue.List { Items: var targets }
            ? from target in targets
              let problem = ModuleNames.Check(target)
              where problem is not null
              select new FactProblem(AdapterKeys.Targets, problem.Code, problem.Message, target) { Replacement = problem.Replacement }
            : [];

    /// <summary>The modules that the adapter is put on, as far as targets alone say.</summary>
    public static IEnumerable<LinearFacts> Adapted(ModelFacts facts, KeySettings settings)
    {
        var targets = settings.Effective(AdapterKeys.Targets) is KeyValue.List list ? list.Items : default;
        return facts.Linears.Where(linear => targets.Contains(ModuleNames.AllLinear)
            ? !linear.IsEmbedding && linear.Name != "lm_head"
            : targets.Any(linear.IsMeantBy));
    }

    private static FactProblem? CheckRank(ModelFacts facts, KeySettings settings)
    {
        // Other keys may leave modules out, or give them a rank of their own.
        if (OtherSelections.Any(settings.Changes))
            return null;
        var narrowest = Adapted(facts, settings).Where(linear => !linear.IsEmbedding).OrderBy(Narrowness).FirstOrDefault();
        return narrowest is not null && settings.Effective(AdapterKeys.Rank) is KeyValue.Integer { Value: var rank } && rank > Narrowness(narrowest)
            ? new(
                AdapterKeys.Rank, FactCodes.RankTooLarge,
                $"The rank is {rank}, but the weight of {narrowest.Name} is {narrowest.Rows} × {narrowest.Columns}: an update of more than rank {Narrowness(narrowest)} is larger than the weight itself and can do no more; lower it.")
            : null;
    }

    private static long Narrowness(LinearFacts linear) => Math.Min(linear.Rows, linear.Columns);

    private static bool IsTiedHead(ModelFacts facts, string target) =>
        facts.TieWordEmbeddings && target.Substring(target.LastIndexOf('.') + 1) == "lm_head";

    private static FactProblem DescribeUnknown(ModelFacts facts, string target)
    {
        var names = facts.Linears.Where(linear => !linear.IsEmbedding).Select(linear => linear.Name).Distinct(StringComparer.Ordinal).ToList();
        var near = Suggestion.Nearest(target, names.Prepend(ModuleNames.AllLinear)) ?? (target is "all" or "linear" or "*" ? ModuleNames.AllLinear : null);
        var advice = near is null ? $"it has {KeyText.Alternatives(names)}; {ModuleNames.AllLinear} means all but the output head." : $"did you mean '{near}'?";
        return new(
            AdapterKeys.Targets, FactCodes.UnknownTarget, $"No module of the model {KeyText.Quote(facts.Name)} is called {KeyText.Quote(target)}; {advice}", target)
        {
            Replacement = near,
        };
    }
}
