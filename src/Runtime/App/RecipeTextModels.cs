using FineTune.Evaluation;
using FineTune.Generation;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.App;

/// <summary>The models of a recipe as the <c>generate</c> command uses them.</summary>
internal sealed class RecipeTextModels(RecipeOptions options, RunFolder folder) : ITextModels
{
    private readonly RecipeModels _models = new(options, folder);

    public bool HasTuned => _models.HasTuned;

    public string Continue(bool tuned, string prompt, GenerationOptions options, Action<string> appended, CancellationToken stop) =>
        _models.Generator(tuned).Continue(prompt, options, appended, stop);

    public void Dispose() => _models.Dispose();
}
