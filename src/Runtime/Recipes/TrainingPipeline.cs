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

    /// <summary>The rewards that judge what the model writes.</summary>
    internal abstract IReadOnlyList<RewardWeight> RewardWeights { get; }

    /// <summary>The chat templates that the build compiled; generated code tells them.</summary>
    protected internal virtual IReadOnlyList<ChatTemplate> ChatTemplates => [];

    /// <summary>
    /// Identifies the code of the project where the recipe filters, maps or judges rows by code of its own, which is then part of what a
    /// run depends on; else <see langword="null"/>.
    /// </summary>
    /// <param name="judges">Whether the run learns from the recipe's rewards.</param>
    internal abstract string? RowCode(bool judges);

    /// <summary>Of files of separated values, in which everything is text, the columns that are read as something else.</summary>
    protected internal virtual IReadOnlyList<TextColumn> TextColumns => [];

    /// <summary>Reads one JSON object and renders it as a prompt.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <param name="chat">Renders conversations.</param>
    /// <returns>The prompt; <see langword="null"/> if the recipe's filter leaves the row out.</returns>
    /// <exception cref="RowException">A column is missing or has another type.</exception>
    /// <exception cref="FineTuneException">The row cannot be trained on, or the recipe's own code fails on it (FT5131).</exception>
    internal abstract Prompt? RenderJson(ReadOnlySpan<byte> utf8Json, ChatFormat chat);

    /// <summary>Reads one JSON object and renders it as a prompt, by the recipe as declared.</summary>
    internal Prompt? RenderJson(ReadOnlySpan<byte> utf8Json) => RenderJson(utf8Json, ChatFormat(Options));

    /// <summary>How the recipe renders conversations.</summary>
    /// <param name="options">The recipe, overrides included.</param>
    internal ChatFormat ChatFormat(RecipeOptions options) => new(() => OpenChatTemplate(options), options.Data.TrainOn);

    private ChatTemplate OpenChatTemplate(RecipeOptions options)
    {
        try
        {
            return options.Data.ChatTemplate is { } path
                ? ChatTemplateFile.Read(path, options.Model.Base)
                : ChatTemplate.FromModelFolder(options.Model.Base, compiled: ChatTemplates);
        }
        catch (FineTuneException exception) when (exception.Code == "FT5508")
        {
            throw new FineTuneException(
                "FT5126",
                $"The rows are conversations, but the model in '{options.Model.Base}' has no chat template: it was not trained on conversations of any shape. Choose a chat model, or "
                + "write a template and name it in data.chat_template.",
                "data.chat_template",
                exception);
        }
    }
}
