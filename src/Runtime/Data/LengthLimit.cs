using FineTune.Recipes;

namespace FineTune.Data;

/// <summary>Fits sequences into the longest length.</summary>
/// <param name="MaxLength">The longest sequence, in tokens.</param>
/// <param name="Overlong">What happens to longer ones.</param>
internal sealed record LengthLimit(int MaxLength, OverlongRows Overlong)
{
    /// <summary>What is wrong with a row's length.</summary>
    public IEnumerable<Checks.RowFinding> Check(TokenSequence sequence)
    {
        try
        {
            Fit(sequence);
            return [];
        }
        catch (FineTuneException exception)
        {
            return [Checks.RowFinding.Of(exception)];
        }
    }

    /// <summary>The sequences that a row becomes; none if it is dropped.</summary>
    /// <exception cref="FineTuneException">FT5310: the row is too long. FT5311: what is left of it has no trained token.</exception>
    public IReadOnlyList<TokenSequence> Fit(TokenSequence sequence)
    {
        if (sequence.Length <= MaxLength)
            return [sequence];
        IReadOnlyList<TokenSequence> pieces = Overlong switch
        {
            OverlongRows.Drop => [],
            OverlongRows.TruncateEnd => [sequence.Slice(0, MaxLength)],
            OverlongRows.TruncateStart => [sequence.Slice(sequence.Length - MaxLength, MaxLength)],
            // A piece without anything to learn, such as one token at the end, is no piece.
            OverlongRows.Split => [.. Enumerable.Range(0, (sequence.Length + MaxLength - 1) / MaxLength)
                .Select(i => sequence.Slice(i * MaxLength, Math.Min(MaxLength, sequence.Length - i * MaxLength)))
                .Where(piece => piece.TrainedTokens > 0)],
            _ when sequence.Prompt is not null => throw new FineTuneException("FT5310", $"The prompt has {sequence.Length} tokens, but only {MaxLength} fit beside its completion. "
                + "Lower grpo.max_completion_length, raise data.max_length (at most the model's context), or set data.overlong to drop or truncate_start.", sequence.Place),
            _ => throw new FineTuneException("FT5310", $"The row has {sequence.Length} tokens, but only {MaxLength} fit. Raise data.max_length (at most the "
                + "model's context), or set data.overlong to drop, truncate_end, truncate_start or split.", sequence.Place),
        };
        return sequence.Prompt is not null || pieces.All(piece => piece.TrainedTokens > 0) ? pieces : throw new FineTuneException(
            "FT5311", "The row has no trained token left after it was cut: its completion lies beyond data.max_length. Raise that, or set data.overlong to drop.", sequence.Place);
    }
}
