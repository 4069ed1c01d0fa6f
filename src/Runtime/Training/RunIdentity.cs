using System.Security.Cryptography;
using System.Text;
using FineTune.Hooks;
using FineTune.Keys;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>What makes two runs the same run: everything that its weights depend on.</summary>
internal static class RunIdentity
{
    // How often it is saved and evaluated, and what is done at its end, do not change the weights; files count by their content.
    private static readonly HashSet<Key> WithoutEffect =
    [
        RecipeKeys.Name, DataKeys.Train, DataKeys.Test, DataKeys.ChatTemplate, TrainingKeys.SaveSteps, TrainingKeys.SaveTotalLimit, .. EvaluationKeys.All,
    ];

    // Only a run that stops early, or ends with its best weights, depends on its evaluations.
    private static readonly HashSet<Key> OfEvaluations =
    [
        TrainingKeys.EvalSteps, TrainingKeys.MetricForBestModel, TrainingKeys.LoadBest, TrainingKeys.EarlyStoppingPatience,
        TrainingKeys.EarlyStoppingThreshold, EvaluationKeys.Rows,
    ];

    /// <summary>
    /// A hash of the training part of the recipe, the base model and the rows. Keys at their defaults are left out, so that a
    /// new key changes no run that does not use it.
    /// </summary>
    /// <param name="options">The recipe, overrides included.</param>
    /// <param name="inputs">The files that it learns from.</param>
    /// <param name="loss">The loss of the user's own, or null.</param>
    /// <param name="rowCode">The code that filters and maps its rows; <see langword="null"/> if there is none.</param>
    public static string Of(RecipeOptions options, RunInputs inputs, ITokenLoss? loss = null, string? rowCode = null)
    {
        var evaluated = options.Training.LoadBest || options.Training.EarlyStoppingPatience is not null;
        var settings = RecipeBindings.Settings(options);
        var text = new StringBuilder();
        foreach (var (key, value) in settings.Given)
        {
            if (settings.Changes(key) && (OfEvaluations.Contains(key) ? evaluated : !WithoutEffect.Contains(key)))
                text.Append(key.Path).Append(": ").Append(value.ToYaml()).Append('\n');
        }

        if (options.Data.Train.Any(file => file.Weight != 1))
            text.Append("weights: ").AppendJoin(' ', options.Data.Train.Select(file => NumberText.Write(file.Weight))).Append('\n');
        if (rowCode is not null)
            text.Append("rows: ").Append(rowCode).Append('\n');
        if (inputs.ChatTemplate is { } template)
            text.Append("template: ").Append(template).Append('\n');
        text.Append(inputs.BaseModel).Append('\n').Append(inputs.TrainingData).Append('\n').Append(evaluated ? inputs.TestData : null);
        if (loss is not null)
            text.Append("\nloss ").Append(loss.Name);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
