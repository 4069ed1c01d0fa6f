using FineTune.Data.Checks;
using FineTune.Evaluation;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.App;

/// <summary>The work behind the commands, apart from how it is asked for and shown.</summary>
internal interface IRecipeRunner
{
    RunInputs Inputs(RecipeOptions options);

    TrainingPlan Plan(TrainingPipeline pipeline, RecipeOptions options);

    /// <summary>Trains; the inputs are those that <see cref="Inputs"/> gave.</summary>
    TrainingResult Train(TrainingPipeline pipeline, RecipeOptions options, RunInputs inputs, RunFolder folder, ITrainingObserver observer, CancellationToken stop);

    EvaluationResult Evaluate(
        TrainingPipeline pipeline, RecipeOptions options, RunFolder folder, IProgress<EvaluationProgress> progress, CancellationToken stop);

    /// <summary>The first training or held-out rows.</summary>
    RowPreviews Preview(TrainingPipeline pipeline, RecipeOptions options, PreviewRequest request);

    /// <summary>Checks all rows.</summary>
    IReadOnlyList<CheckedFile> CheckData(TrainingPipeline pipeline, RecipeOptions options);

    ITextModels OpenModels(RecipeOptions options, RunFolder folder);

    MergeResult Merge(RecipeOptions options, RunFolder folder, string output);
}
