namespace FineTune.Evaluation.Metrics;

/// <summary>Likelihoods of documents per token, word and byte, which models with different tokenizers can be compared by.</summary>
/// <param name="Tokens">The number of tokens.</param>
/// <param name="Words">The pieces between runs of white space, empty ones at the ends included.</param>
/// <param name="Bytes">The number of UTF-8 bytes.</param>
/// <param name="LogLikelihood">The sum of the tokens' natural log-probabilities.</param>
internal sealed record LanguageModelling(long Tokens, long Words, long Bytes, double LogLikelihood)
{
    public double MeanTokenLoss => -LogLikelihood / Tokens;

    public double TokenPerplexity => Math.Exp(-LogLikelihood / Tokens);

    public double WordPerplexity => Math.Exp(-LogLikelihood / Words);

    public double BytePerplexity => Math.Exp(-LogLikelihood / Bytes);

    public double BitsPerByte => -LogLikelihood / Bytes / Math.Log(2);

    /// <summary>The totals of documents.</summary>
    public static LanguageModelling Of(IEnumerable<(string Text, IReadOnlyList<double> LogProbabilities)> documents)
    {
        var total = new LanguageModelling(0, 0, 0, 0);
        foreach (var (text, logProbabilities) in documents)
        {
            total = new LanguageModelling(
                total.Tokens + logProbabilities.Count,
                total.Words + CountWords(text),
                total.Bytes + System.Text.Encoding.UTF8.GetByteCount(text),
                total.LogLikelihood + logProbabilities.Sum());
        }

        return total;
    }

    /// <summary>The choice with the highest log-probability per length; the first of equals.</summary>
    public static int Pick(IReadOnlyList<string> choices, IReadOnlyList<double> logProbabilities, Func<string, int> length) =>
        Enumerable.Range(0, choices.Count).MaxBy(index => logProbabilities[index] / length(choices[index]));

    private static int CountWords(string text)
    {
        var words = 1;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsSpace(text[i]) && (i == 0 || !IsSpace(text[i - 1])))
                words++;
        }

        return words;
    }

    /// <summary>Python's <c>\s</c>, which has the four separators of ASCII too.</summary>
    private static bool IsSpace(char unit) => char.IsWhiteSpace(unit) || unit is >= '\u001C' and <= '\u001F';
}
