using FineTune.Recipes;

namespace FineTune.Data;

/// <summary>The training rows as sequences that fit the context, with what happened to those that did not.</summary>
/// <param name="Sequences">The sequences, in the order of the file.</param>
/// <param name="Rows">The rows read.</param>
/// <param name="Dropped">Rows left out because they are too long.</param>
/// <param name="Truncated">Rows that were cut.</param>
internal sealed record TrainingRows(IReadOnlyList<TokenSequence> Sequences, int Rows, int Dropped, int Truncated)
{
    /// <summary>Tokens of all sequences.</summary>
    public long Tokens => Sequences.Sum(sequence => (long)sequence.Length);

    /// <summary>Tokens that the loss counts.</summary>
    public long TrainedTokens => Sequences.Sum(sequence => (long)sequence.TrainedTokens);

    /// <summary>Reads and tokenizes a file of rows.</summary>
    /// <param name="rows">The rendered rows.</param>
    /// <param name="path">Their file, for messages.</param>
    /// <param name="tokenizer">Makes tokens of them.</param>
    /// <param name="maxLength">The longest sequence.</param>
    /// <param name="overlong">What happens to longer rows.</param>
    /// <exception cref="FineTuneException">
    /// FT5310: a row is too long. FT5311: a row has no trained token. FT5312: there are no rows.
    /// </exception>
    public static TrainingRows Read(IEnumerable<PromptRow> rows, string path, PromptTokenizer tokenizer, int maxLength, OverlongRows overlong)
    {
        var sequences = new List<TokenSequence>();
        var (read, dropped, truncated) = (0, 0, 0);
        foreach (var row in rows)
        {
            read++;
            var sequence = tokenizer.Tokenize(row);
            if (sequence.Length > maxLength)
            {
                dropped += overlong == OverlongRows.Drop ? 1 : 0;
                truncated += overlong is OverlongRows.TruncateEnd or OverlongRows.TruncateStart ? 1 : 0;
            }

            foreach (var piece in Fit(sequence, path, maxLength, overlong))
            {
                if (piece.TrainedTokens == 0)
                    throw NothingTrained(sequence, piece, path);
                sequences.Add(piece);
            }
        }

        if (read == 0)
            throw new FineTuneException("FT5312", "The file has no rows.", path);
        if (sequences.Count == 0)
            throw new FineTuneException("FT5312", $"All {read} rows are longer than {maxLength} tokens and were dropped. Raise data.max_length.", path);
        return new TrainingRows(sequences, read, dropped, truncated);
    }

    private static IEnumerable<TokenSequence> Fit(TokenSequence sequence, string path, int maxLength, OverlongRows overlong)
    {
        if (sequence.Length <= maxLength)
            return [sequence];
        return overlong switch
        {
            OverlongRows.Drop => [],
            OverlongRows.TruncateEnd => [sequence.Slice(0, maxLength)],
            OverlongRows.TruncateStart => [sequence.Slice(sequence.Length - maxLength, maxLength)],
            // A piece without anything to learn, such as one token at the end, is no piece.
            OverlongRows.Split => Enumerable.Range(0, (sequence.Length + maxLength - 1) / maxLength)
                .Select(i => sequence.Slice(i * maxLength, Math.Min(maxLength, sequence.Length - i * maxLength)))
                .Where(piece => piece.TrainedTokens > 0),
            _ => throw new FineTuneException("FT5310", $"The row has {sequence.Length} tokens, but only {maxLength} fit. Raise data.max_length (at most the "
                + "model's context), or set data.overlong to drop, truncate_end, truncate_start or split.", $"{path}:{sequence.Row}"),
        };
    }

    private static FineTuneException NothingTrained(TokenSequence whole, TokenSequence piece, string path) => new(
        "FT5311",
        whole.Length == piece.Length
            ? "The row has no trained token: its completion is empty."
            : "The row has no trained token left after it was cut: its completion lies beyond data.max_length. Raise that, or set data.overlong to drop.",
        $"{path}:{whole.Row}");
}
