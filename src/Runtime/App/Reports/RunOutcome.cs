using System.Text.Json;
using FineTune.Evaluation;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.App.Reports;

/// <summary>A finished run's report and completions, as they are or will be in its folder.</summary>
internal sealed record RunOutcome(RunFolder Folder, TrainingPipeline Pipeline, RecipeOptions Options, RunReport Report, IReadOnlyList<RowCompletions> Completions)
{
    private const int ExampleCount = 5;

    /// <summary>Whether the recipe asks for something that the report lacks.</summary>
    public bool NeedsEvaluation =>
        Options.Data.HasTest
        && !(Options.Evaluation.Metrics.All(metric => Report.Evaluation?.Base[metric] is not null)
            && Pipeline.Metrics.All(metric => Report.Evaluation?.Base.Custom?.ContainsKey(metric.Name) == true)
            && (Pipeline.RewardWeights.Count == 0 || Report.Evaluation?.Base.Rewards is not null));

    public IReadOnlyList<RowCompletions> Examples => Display.Examples.Choose(Completions, ExampleCount);

    private string CompletionsFile => Path.Combine(Folder.Path, "completions.jsonl");

    public static RunOutcome Of(RunFolder folder, TrainingPipeline pipeline, RecipeOptions options, TrainingResult result, RunInputs inputs)
    {
        var hashes = RunHashes.Of(folder, inputs);
        // A run that is finished already has its report, unless it was killed in between or its test rows have changed since.
        if (result.AlreadyFinished && ReportFile.Read(folder.ReportFile) is { } report && report.Hashes == hashes)
            return new RunOutcome(folder, pipeline, options, report, ReportFile.ReadCompletions(Path.Combine(folder.Path, "completions.jsonl")));
        return new RunOutcome(folder, pipeline, options, New(options, result, hashes), []);
    }

    public RunOutcome With(EvaluationResult evaluation) => this with
    {
        Report = Report with
        {
            Evaluation = new EvaluationReport(evaluation.Rows, evaluation.Base, evaluation.Tuned ?? throw new ArgumentException("Nothing is tuned.", nameof(evaluation))),
        },
        Completions = evaluation.Completions,
    };

    public void Write()
    {
        ReportFile.Write(Folder.ReportFile, Report);
        if (Completions.Count > 0)
            ReportFile.WriteCompletions(CompletionsFile, Completions);
    }

    private static RunReport New(RecipeOptions options, TrainingResult result, RunHashes hashes) => new()
    {
        Recipe = options.Name,
        Hashes = hashes,
        Versions = RunVersions.Current,
        Seed = options.Training.Seed,
        Steps = result.Steps,
        TrainedTokens = result.TrainedTokens,
        TokensPerSecond = result.TokensPerSecond,
        SecondsToFirstStep = result.SecondsToFirstStep,
        PeakMemoryBytes = result.PeakMemoryBytes,
        FinalLoss = result.FinalLoss,
        BestEvaluation = result.Best is { Step: { } step, Value: { } value }
            ? new BestEvaluationReport(step, JsonNamingPolicy.SnakeCaseLower.ConvertName(options.Training.MetricForBestModel.ToString()), value)
            : null,
    };
}
