namespace FineTune.Evaluation.Metrics;

/// <summary>Runs of tokens.</summary>
internal static class NGrams
{
    /// <summary>How often each run of a length occurs. Tokens are joined by a character that no token has.</summary>
    public static Dictionary<string, int> Count(IReadOnlyList<string> tokens, int length)
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0; i + length <= tokens.Count; i++)
        {
            var key = string.Join('\n', tokens.Skip(i).Take(length));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }
}
