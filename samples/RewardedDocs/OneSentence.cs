namespace RewardedDocs;

/// <summary>Whether a summary is one sentence of a few words, with a full stop at its end.</summary>
public sealed class OneSentence : IReward<Summarize.Row>
{
    public string Name => "one sentence";

    public double Weight => 2;

    public double? Score(Summarize.Row row, string completion)
    {
        var words = completion.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 3 and <= 20 && words[^1].EndsWith('.') && !words[..^1].Any(word => word.EndsWith('.')) ? 1 : 0;
    }
}
