namespace FineTune.Evaluation.Metrics;

/// <summary>BLEU (Papineni et al. 2002) as sacrebleu computes it.</summary>
/// <param name="Score">From 0 to 100.</param>
/// <param name="BrevityPenalty">The factor for texts shorter than their references.</param>
/// <param name="Matches">The n-grams in a reference, by order, smoothing included.</param>
/// <param name="Totals">All n-grams, by order.</param>
/// <param name="Precisions">Their ratios in percent.</param>
/// <param name="Length">The number of tokens.</param>
/// <param name="ReferenceLength">The number of tokens of the references closest in length.</param>
internal sealed record Bleu(
    double Score, double BrevityPenalty, double[] Matches, double[] Totals, double[] Precisions, int Length, int ReferenceLength)
{
    /// <summary>The version of sacrebleu whose scores these are.</summary>
    public const string Version = "2.6.0";

    /// <summary>Python's stand-in for the logarithm of 0.</summary>
    private const double LogOfZero = -9999999999;

    /// <summary>Scores texts together.</summary>
    /// <param name="hypotheses">The texts.</param>
    /// <param name="references">The references of each text.</param>
    /// <param name="options">How.</param>
    public static Bleu Of(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, BleuOptions options)
    {
        var (matches, totals) = (new double[options.MaxOrder], new double[options.MaxOrder]);
        var (length, referenceLength) = (0, 0);
        foreach (var (hypothesis, texts) in hypotheses.Zip(references))
        {
            var words = Words(hypothesis, options);
            var others = texts.Select(text => Words(text, options)).ToList();
            length += words.Length;
            referenceLength += others.Select(other => other.Length).MinBy(other => (Math.Abs(other - words.Length), other));
            for (var order = 1; order <= options.MaxOrder; order++)
            {
                var counts = NGrams.Count(words, order);
                var allowed = others.Select(other => NGrams.Count(other, order)).ToList();
                matches[order - 1] += counts.Sum(pair => Math.Min(pair.Value, allowed.Max(other => other.GetValueOrDefault(pair.Key))));
                totals[order - 1] += counts.Values.Sum();
            }
        }

        return Compute(matches, totals, length, referenceLength, options);
    }

    private static Bleu Compute(double[] matches, double[] totals, int length, int referenceLength, BleuOptions options)
    {
        var penalty = length >= referenceLength ? 1 : length > 0 ? Math.Exp(1 - referenceLength / (double)length) : 0;
        var precisions = new double[options.MaxOrder];
        if (matches.All(count => count == 0))
            return new Bleu(0, penalty, matches, totals, precisions, length, referenceLength);

        var (halving, orders) = (1.0, options.MaxOrder);
        for (var order = 1; order <= options.MaxOrder; order++)
        {
            if (options.Smoothing == "add-k" && order > 1)
            {
                matches[order - 1] += options.Value;
                totals[order - 1] += options.Value;
            }

            if (totals[order - 1] == 0)
                break;
            if (options.EffectiveOrder)
                orders = order;
            if (matches[order - 1] > 0)
                precisions[order - 1] = 100 * matches[order - 1] / totals[order - 1];
            else if (options.Smoothing == "exp")
                precisions[order - 1] = 100 / ((halving *= 2) * totals[order - 1]);
            else if (options.Smoothing == "floor")
                precisions[order - 1] = 100 * options.Value / totals[order - 1];
        }

        var score = penalty * Math.Exp(precisions.Take(orders).Sum(precision => precision == 0 ? LogOfZero : Math.Log(precision)) / orders);
        return new Bleu(score, penalty, matches, totals, precisions, length, referenceLength);
    }

    private static string[] Words(string text, BleuOptions options) => BleuTokenizer
        .Tokenize(options.Tokenize, (options.Lowercase ? text.ToLowerInvariant() : text).TrimEnd())
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
