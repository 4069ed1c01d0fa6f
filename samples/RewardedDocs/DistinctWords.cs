namespace RewardedDocs;

/// <summary>The share of a summary's words that it has not had before: without it the model learns to write the member's name again and again.</summary>
public sealed class DistinctWords : IReward<Summarize.Row>
{
    public string Name => "distinct words";

    public double Weight => 0.5;

    public double? Score(Summarize.Row row, string completion)
    {
        var words = completion.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? 0 : words.Distinct(StringComparer.OrdinalIgnoreCase).Count() / (double)words.Length;
    }
}
