using FineTune.Data.Checks;
using FineTune.Evaluation;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.App;

/// <summary>The real work behind the commands.</summary>
internal sealed class RecipeRunner : IRecipeRunner
{
    public RunInputs Inputs(RecipeOptions options) => RunInputs.Of(options);

    public TrainingPlan Plan(TrainingPipeline pipeline, RecipeOptions options) => TrainingRun.Plan(pipeline, options);

    public TrainingResult Train(TrainingPipeline pipeline, RecipeOptions options, RunInputs inputs, RunFolder folder, ITrainingObserver observer, CancellationToken stop) =>
        TrainingRun.Execute(pipeline, options, folder, observer, stop, inputs);

    public EvaluationResult Evaluate(
        TrainingPipeline pipeline, RecipeOptions options, RunFolder folder, IProgress<EvaluationProgress> progress, CancellationToken stop) =>
        RecipeEvaluation.Run(pipeline, options, folder, progress, stop);

    public RowPreviews Preview(TrainingPipeline pipeline, RecipeOptions options, PreviewRequest request) => RowPreview.Read(pipeline, options, request);

    public IReadOnlyList<CheckedFile> CheckData(TrainingPipeline pipeline, RecipeOptions options) => DataCheck.Run(pipeline, options);

    public ITextModels OpenModels(RecipeOptions options, RunFolder folder) => new RecipeTextModels(options, folder);

    public MergeResult Merge(RecipeOptions options, RunFolder folder, string output) => AdapterMerge.Write(options, folder, output);
}
