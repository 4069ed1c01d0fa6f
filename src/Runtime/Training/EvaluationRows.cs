using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>The held-out rows that are measured.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Sequences">Their tokens; more than rows where long ones are split.</param>
internal sealed record EvaluationRows(IReadOnlyList<PromptRow> Rows, IReadOnlyList<TokenSequence> Sequences)
{
    /// <summary>
    /// Reads rows spread evenly over the file: the first ones are often of one kind. The recipe's rules for long rows hold.
    /// </summary>
    /// <exception cref="FineTuneException">The file does not exist, a row is broken or too long, or there are none (FT5312).</exception>
    public static EvaluationRows Read(TrainingPipeline pipeline, RecipeOptions options, ModelConfig config)
    {
        var path = options.Data.Test!;
        var rows = Choose(pipeline, path, options.Evaluation.Rows);
        var maxLength = options.Data.MaxLength ?? config.MaxPositions;
        var overlong = options.Data.Overlong == OverlongRows.Error && options.Training.Method == TrainingMethod.Pretrain
            ? OverlongRows.Split
            : options.Data.Overlong;
        var tokenizer = TrainingSetup.TokenizerOf(options, config);
        if (overlong == OverlongRows.Drop)
            rows = [.. rows.Where(row => tokenizer.Tokenize(row).Length <= maxLength)];
        return new EvaluationRows(rows, TrainingRows.Read(rows, path, tokenizer, maxLength, overlong).Sequences);
    }

    private static List<PromptRow> Choose(TrainingPipeline pipeline, string path, int count)
    {
        var total = JsonLinesFile.Read(path).Count();
        if (total <= count)
            return [.. PromptFile.Read(pipeline, path)];
        var chosen = Enumerable.Range(0, count).Select(i => (int)((long)i * total / count)).ToHashSet();
        return [.. PromptFile.Read(pipeline, path, chosen.Contains)];
    }
}
