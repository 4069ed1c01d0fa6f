using FineTune.Hooks;
using FineTune.Prompts;
using FineTune.Training;

namespace FineTune.Recipes;

/// <summary>
/// A recipe that can run. Generated code derives from <see cref="TrainingPipeline{TRow}"/>; its class is partial, so that a
/// project overrides here what the recipe cannot say.
/// </summary>
public abstract class TrainingPipeline
{
    private protected TrainingPipeline()
    {
    }

    /// <summary>The recipe as declared.</summary>
    public abstract RecipeOptions Options { get; }

    /// <summary>Metrics beside those that the recipe names. They need held-out rows.</summary>
    protected internal virtual IReadOnlyList<ITextMetric> Metrics => [];

    /// <summary>A loss in place of cross entropy; <see langword="null"/> is cross entropy.</summary>
    protected internal virtual ITokenLoss? Loss => null;

    /// <summary>Called after each optimizer step, on the thread that trains: what takes long here makes training slower.</summary>
    /// <param name="step">What the step did.</param>
    protected internal virtual void OnStep(TrainingStep step)
    {
    }

    /// <summary>Called after each evaluation during training (<c>training.eval_steps</c>).</summary>
    /// <param name="evaluation">What came out.</param>
    protected internal virtual void OnEvaluation(TrainingEvaluation evaluation)
    {
    }

    /// <summary>
    /// Identifies the code of the project where the recipe filters or maps rows by code of its own, which is then part of what a
    /// run depends on; else <see langword="null"/>.
    /// </summary>
    internal abstract string? RowCode { get; }

    /// <summary>Of files of separated values, in which everything is text, the columns that are read as something else.</summary>
    protected internal virtual IReadOnlyList<TextColumn> TextColumns => [];

    /// <summary>Reads one JSON object and renders it as a prompt.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <returns>The prompt; <see langword="null"/> if the recipe's filter leaves the row out.</returns>
    /// <exception cref="RowException">A column is missing or has another type.</exception>
    /// <exception cref="FineTuneException">The row cannot be trained on, or the recipe's own code fails on it (FT5131).</exception>
    internal abstract Prompt? RenderJson(ReadOnlySpan<byte> utf8Json);
}
