namespace FineTune.Data;

/// <summary>One micro-batch: whole sequences behind each other, and which of their tokens are trained.</summary>
/// <param name="Tokens">The ids of all tokens, T of them.</param>
/// <param name="Layout">The sequences.</param>
/// <param name="Predictors">
/// The rows whose next token is trained, ascending. A sequence's first token is predicted by nothing and never among the targets.
/// </param>
/// <param name="Targets">The token that each of <paramref name="Predictors"/> has to predict.</param>
internal sealed record PackedBatch(int[] Tokens, SequenceLayout Layout, int[] Predictors, int[] Targets)
{
    /// <summary>
    /// Appends a sequence of filler, which nothing sees and nothing trains, so that the number of tokens is one of few.
    /// Products in bf16 are compiled for each size: without this every micro-batch would compile its own.
    /// </summary>
    public PackedBatch Filled()
    {
        var missing = FilledLength(Tokens.Length) - Tokens.Length;
        return missing == 0 ? this : this with { Tokens = [.. Tokens, .. new int[missing]], Layout = new SequenceLayout([.. Layout.Lengths, missing]) };
    }

    /// <summary>
    /// The next of the few lengths: multiples of a part of the next power of two, and of 64. Well packed batches are near their limit, so
    /// that little is filled.
    /// </summary>
    /// <param name="length">The tokens.</param>
    /// <param name="parts">The parts of the power of two: the fewer, the fewer lengths, and the more filler.</param>
    public static int FilledLength(int length, int parts = 32)
    {
        var multiple = Math.Max(64, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length) / parts);
        return (length + multiple - 1) / multiple * multiple;
    }

    /// <summary>Packs sequences.</summary>
    public static PackedBatch Of(IReadOnlyList<TokenSequence> sequences)
    {
        var layout = new SequenceLayout([.. sequences.Select(sequence => sequence.Length)]);
        var tokens = new int[layout.Tokens];
        var (predictors, targets) = (new List<int>(), new List<int>());
        for (var i = 0; i < sequences.Count; i++)
        {
            var sequence = sequences[i];
            var start = layout.Starts[i];
            sequence.Ids.CopyTo(tokens.AsSpan(start));
            for (var t = 1; t < sequence.Length; t++)
            {
                if (!sequence.IsTrained(t))
                    continue;
                predictors.Add(start + t - 1);
                targets.Add(sequence.Ids[t]);
            }
        }

        return new PackedBatch(tokens, layout, [.. predictors], [.. targets]);
    }
}
