namespace RewardedDocs;

/// <summary>The part of the recipe's class that is written by hand: the build generates the other one from the YAML.</summary>
public sealed partial class Summarize
{
    /// <summary>What the model learns from, in place of summaries that people wrote.</summary>
    protected override IReadOnlyList<IReward<Row>> Rewards => [new NamesTheMember(), new OneSentence(), new DistinctWords()];
}
