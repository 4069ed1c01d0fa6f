using FineTune.Data;
using FineTune.Data.Checks;
using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>The held-out rows that are measured.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Sequences">Their tokens; more than rows where long ones are split.</param>
internal sealed record EvaluationRows(IReadOnlyList<PromptRow> Rows, IReadOnlyList<TokenSequence> Sequences)
{
    /// <summary>
    /// Reads rows spread evenly over the held-out ones: the first ones of a file are often of one kind. The recipe's rules for
    /// long rows hold.
    /// </summary>
    /// <exception cref="FineTuneException">The file does not exist, a row is broken or too long, or there are none (FT5312).</exception>
    public static EvaluationRows Read(TrainingPipeline pipeline, RecipeOptions options, ModelConfig config) =>
        Read(new RecipeRows(pipeline, options), RowPreparation.Of(options, config), options);

    /// <summary>The same, of rows and by a preparation that are there already.</summary>
    /// <inheritdoc cref="Read(TrainingPipeline, RecipeOptions, ModelConfig)"/>
    public static EvaluationRows Read(RecipeRows source, RowPreparation preparation, RecipeOptions options)
    {
        // Rewards need no completion of the row's own to compare with; metrics do.
        var isJudged = preparation.Samples && options.Evaluation.Metrics.Count == 0;
        var (rows, sequences, read) = (new List<PromptRow>(), new List<TokenSequence>(), 0);
        foreach (var (_, found, mistake) in source.Test(Choose(source.CountTest(), options.Evaluation.Rows)))
        {
            read++;
            if (mistake is not null)
                throw mistake;
            if (found is not { } row)
                continue;
            var sequence = preparation.Prompts.Tokenize(row);
            foreach (var finding in preparation.Check.Check(row, sequence).Where(finding => finding.IsError && !(isJudged && finding.Code == RowCheck.NothingTrained)))
                throw finding.ToException();
            if ((isJudged ? [sequence] : preparation.Limit.Fit(sequence)) is not { Count: > 0 } pieces)
                continue;
            rows.Add(row);
            sequences.AddRange(pieces);
        }

        if (rows.Count == 0)
        {
            throw new FineTuneException("FT5312", read == 0 ? "The file has no rows."
                : $"None of {read} held-out rows is left: they are longer than {preparation.Limit.MaxLength} tokens, or the recipe's Filter leaves them out.", options.Data.TestName);
        }

        return new EvaluationRows(rows, sequences);
    }

    private static Func<int, bool>? Choose(int total, int count) =>
        total <= count ? null : Enumerable.Range(0, count).Select(i => (int)((long)i * total / count)).ToHashSet().Contains;
}
