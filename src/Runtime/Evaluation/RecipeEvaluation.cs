using FineTune.Generation;
using FineTune.Hooks;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.Evaluation;

/// <summary>Measures a recipe's metrics on its held-out rows, for the model before and after training.</summary>
internal sealed class RecipeEvaluation(
    RecipeModels models, EvaluationRows rows, TrainingPipeline pipeline, RecipeOptions options, IProgress<EvaluationProgress> progress, CancellationToken stop)
{
    private readonly bool _generates = pipeline.Metrics.Count > 0 || pipeline.RewardWeights.Count > 0 || options.Evaluation.Metrics.Any(metric => metric != Metric.Perplexity);

    /// <summary>Loads models and rows and measures.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static EvaluationResult Run(
        TrainingPipeline pipeline, RecipeOptions options, RunFolder folder, IProgress<EvaluationProgress> progress, CancellationToken stop)
    {
        using var models = new RecipeModels(options, folder);
        return new RecipeEvaluation(models, EvaluationRows.Read(pipeline, options, models.Config), pipeline, options, progress, stop).Measure();
    }

    private EvaluationResult Measure()
    {
        var (baseScores, baseTexts) = Measure(tuned: false);
        models.ReleaseBase();
        var (tunedScores, tunedTexts) = models.HasTuned ? Measure(tuned: true) : default;
        var completions = baseTexts.Select((text, i) =>
        {
            var (line, prompt) = (rows.Rows[i].Line, rows.Rows[i].Prompt);
            return new RowCompletions(line, prompt.Context, prompt.Completion, text, tunedTexts?[i]);
        });
        return new EvaluationResult(rows.Rows.Count, baseScores, tunedScores, [.. completions]);
    }

    private (ModelScores Scores, IReadOnlyList<string> Texts) Measure(bool tuned)
    {
        var scores = new ModelScores();
        if (options.Evaluation.Metrics.Contains(Metric.Perplexity))
        {
            var report = Listener("perplexity", tuned, rows.Sequences.Count);
            scores = scores with { Perplexity = Perplexity.Of(models.Use(tuned), rows.Sequences, report, stop) };
        }

        if (!_generates)
            return (scores, []);
        var generation = new GenerationOptions { MaxNewTokens = options.MeasuredTokens };
        var contexts = rows.Rows.Select(row => row.Prompt.Context).ToList();
        var texts = models.Generator(tuned).ContinueAll(contexts, generation, Listener("answers", tuned, contexts.Count), stop);
        return (WithRewards(WithCustom(WithRouge(scores, texts), texts), texts), texts);
    }

    // The mean over rows of each row's F1, without stemming: rouge_score's defaults.
    private ModelScores WithRouge(ModelScores scores, IReadOnlyList<string> texts)
    {
        var rouge = texts.Select((text, i) => Rouge.Score(rows.Rows[i].Prompt.Completion, text)).ToList();
        return scores with
        {
            Rouge1 = Mean(Metric.Rouge1, score => score.Rouge1),
            Rouge2 = Mean(Metric.Rouge2, score => score.Rouge2),
            RougeL = Mean(Metric.RougeL, score => score.RougeL),
            RougeLsum = Mean(Metric.RougeLsum, score => score.RougeLsum),
        };

        double? Mean(Metric metric, Func<RougeScores, RougeScore> type) =>
            options.Evaluation.Metrics.Contains(metric) ? rouge.Average(score => type(score).FMeasure) : null;
    }

    private ModelScores WithCustom(ModelScores scores, IReadOnlyList<string> texts) => pipeline.Metrics.Count == 0
        ? scores
        : scores with
        {
            Custom = pipeline.Metrics.ToDictionary(
                metric => metric.Name,
                metric => UserCode.Call(pipeline, metric.Name, () => texts.Select((text, i) => metric.Score(text, rows.Rows[i].Prompt.Completion)).Average())),
        };

    // The mean over the rows of which a reward says something.
    private ModelScores WithRewards(ModelScores scores, IReadOnlyList<string> texts)
    {
        var rewards = pipeline.RewardWeights;
        if (rewards.Count == 0)
            return scores;
        var judged = texts.Select((text, i) => rows.Rows[i].Judge(text)).ToList();
        return scores with { Rewards = rewards.Select((reward, i) => (reward.Name, Mean: judged.Average(row => row[i]))).Where(reward => reward.Mean is not null).ToDictionary(reward => reward.Name, reward => reward.Mean!.Value) };
    }

    private Action<int> Listener(string what, bool tuned, int total) =>
        done => progress.Report(new EvaluationProgress($"{what} of the {(tuned ? "tuned" : "base")} model", done, total));
}
