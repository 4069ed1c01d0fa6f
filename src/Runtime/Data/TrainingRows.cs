using FineTune.Data.Checks;

namespace FineTune.Data;

/// <summary>The training rows as sequences that fit the context, with what happened to those that did not.</summary>
/// <param name="Sequences">The sequences, in the order of the files.</param>
/// <param name="Files">What became of the rows of each file.</param>
/// <param name="Warnings">What should be known about rows, a line each.</param>
internal sealed record TrainingRows(IReadOnlyList<TokenSequence> Sequences, IReadOnlyList<FileRows> Files, IReadOnlyList<string> Warnings)
{
    /// <summary>The rows read.</summary>
    public int Rows => Files.Sum(file => file.Rows);

    /// <summary>Rows left out because they are too long.</summary>
    public int Dropped => Files.Sum(file => file.Dropped);

    /// <summary>Rows that were cut.</summary>
    public int Truncated => Files.Sum(file => file.Truncated);

    /// <summary>The held-out rows, those that the recipe's filter leaves out aside.</summary>
    public int HeldOut { get; init; }

    /// <summary>Which sequences an epoch uses.</summary>
    /// <param name="seed">The run's seed.</param>
    public RowMixture Mixture(int seed) => new([.. Files.Select(file => (file.Weight, file.Sequences))], seed);

    /// <summary>Reads, checks and tokenizes the training rows of a recipe.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="files">Their files, with their weights.</param>
    /// <param name="tokenize">Makes tokens of a row.</param>
    /// <param name="find">Looks for what would go wrong in silence.</param>
    /// <param name="limit">What fits.</param>
    /// <exception cref="FineTuneException">
    /// A row is broken or teaches something else than it seems to; FT5310: a row is too long; FT5312: there are no rows;
    /// FT5132: a weight leaves no row of a file.
    /// </exception>
    public static TrainingRows Read(
        RecipeRows rows, IReadOnlyList<Recipes.DataFile> files, Func<PromptRow, TokenSequence> tokenize, Func<PromptRow, TokenSequence, IEnumerable<RowFinding>> find, LengthLimit limit)
    {
        var sequences = new List<TokenSequence>();
        var warnings = new FindingSummary("the file");
        var repeated = new RepeatedRows();
        var read = files.Select(file => ReadFile(new FileRows(file.Path, file.Weight), rows, tokenize, find, limit, sequences, warnings, repeated)).ToList();
        var heldOut = 0;
        foreach (var (_, found, mistake) in rows.Test())
        {
            if (mistake is not null)
                throw mistake;
            if (found is not { } row)
                continue;
            heldOut++;
            foreach (var finding in repeated.CheckTest(row))
                warnings.Add(row.File, finding);
        }

        return new TrainingRows(sequences, read, warnings.Lines()) { HeldOut = heldOut };
    }

    private static FileRows ReadFile(
        FileRows file, RecipeRows rows, Func<PromptRow, TokenSequence> tokenize, Func<PromptRow, TokenSequence, IEnumerable<RowFinding>> find, LengthLimit limit,
        List<TokenSequence> sequences, FindingSummary warnings, RepeatedRows repeated)
    {
        var (read, filtered, dropped, truncated, split) = (0, 0, 0, 0, 0);
        var used = new List<IReadOnlyList<int>>();
        foreach (var (_, found, mistake) in rows.Training(file.Path))
        {
            read++;
            if (mistake is not null)
                throw mistake;
            if (found is not { } row)
            {
                filtered++;
                continue;
            }

            var sequence = tokenize(row);
            foreach (var finding in find(row, sequence).Concat(repeated.Check(row)))
            {
                if (finding.IsError)
                    throw finding.ToException();
                warnings.Add(file.Path, finding);
            }

            var pieces = limit.Fit(sequence);
            dropped += pieces.Count == 0 ? 1 : 0;
            if (pieces.Count > 0 && sequence.Length > limit.MaxLength)
                (split, truncated) = limit.Overlong == Recipes.OverlongRows.Split ? (split + 1, truncated) : (split, truncated + 1);
            if (pieces.Count > 0)
                used.Add([.. Enumerable.Range(sequences.Count, pieces.Count)]);
            sequences.AddRange(pieces);
        }

        return Checked(file with { Rows = read, Filtered = filtered, Dropped = dropped, Truncated = truncated, Split = split, Sequences = used }, limit);
    }

    private static FileRows Checked(FileRows file, LengthLimit limit)
    {
        if (file.Rows == 0)
            throw new FineTuneException("FT5312", "The file has no rows.", file.Path);
        if (file.Sequences.Count == 0)
        {
            throw new FineTuneException(
                "FT5312",
                file.Filtered == file.Rows ? $"The recipe's Filter leaves out all {file.Rows} rows. Let some pass, or remove the file."
                : file.Filtered > 0 ? $"Of {file.Rows} rows the recipe's Filter leaves out {file.Filtered}, and the others are longer than {limit.MaxLength} tokens and were dropped."
                : $"All {file.Rows} rows are longer than {limit.MaxLength} tokens and were dropped. Raise data.max_length.",
                file.Path);
        }

        return file.UsedRows > 0 ? file : throw new FineTuneException(
            "FT5132", $"A weight of {Keys.NumberText.Write(file.Weight)} leaves none of the {file.Sequences.Count} rows. Raise the weight, or remove the file.", file.Path);
    }
}
