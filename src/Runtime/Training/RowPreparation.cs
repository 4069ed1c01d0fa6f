using FineTune.Data;
using FineTune.Data.Checks;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tokenization;

namespace FineTune.Training;

/// <summary>How the rows of a recipe become sequences for its model: the same in training, evaluation and previews.</summary>
/// <param name="Tokenizer">The model's tokenizer.</param>
/// <param name="Prompts">Makes tokens of prompts by it.</param>
/// <param name="Check">Looks for what would go wrong in silence.</param>
/// <param name="Limit">What fits.</param>
/// <param name="Samples">Whether the model writes the completions itself, so that a row gives its prompt alone.</param>
internal sealed record RowPreparation(Tokenizer Tokenizer, PromptTokenizer Prompts, RowCheck Check, LengthLimit Limit, bool Samples)
{
    /// <summary>The sequence that training makes of a row.</summary>
    public TokenSequence Tokenize(PromptRow row) => Samples ? Prompts.TokenizePrompt(row) : Prompts.Tokenize(row);

    /// <summary>What is wrong with a row as a whole.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sequence">What <see cref="Tokenize"/> made of it.</param>
    public IEnumerable<RowFinding> Find(PromptRow row, TokenSequence sequence) => Samples ? Check.CheckPrompt(row, sequence) : Check.Check(row, sequence);

    /// <exception cref="FineTuneException">FT5314: the tokenizer makes ids that the model has no embedding for.</exception>
    public static RowPreparation Of(RecipeOptions options, ModelConfig config) => Of(options, config, Tokenizer.Load(options.Model.Base));

    /// <inheritdoc cref="Of(RecipeOptions, ModelConfig)"/>
    /// <param name="options">The recipe.</param>
    /// <param name="config">Its model.</param>
    /// <param name="tokenizer">The model's tokenizer, for those who have it already.</param>
    public static RowPreparation Of(RecipeOptions options, ModelConfig config, Tokenizer tokenizer)
    {
        var maxLength = options.Data.MaxLength ?? config.MaxPositions;
        if (tokenizer.VocabularySize > config.VocabularySize)
        {
            throw new FineTuneException("FT5314", $"The tokenizer makes ids up to {tokenizer.VocabularySize - 1}, but the model has embeddings for {config.VocabularySize} "
                + "tokens: tokenizer and config.json belong to different models.", options.Model.Base);
        }

        var samples = options.Training.Samples;
        if (samples && options.Grpo.MaxCompletionLength >= maxLength)
        {
            throw new FineTuneException("FT1131", $"'grpo.max_completion_length' is {options.Grpo.MaxCompletionLength}, but prompt and completion together have {maxLength} tokens at most"
                + $"{(options.Data.MaxLength is null ? ", the model's context" : "")}; write fewer.", options.Model.Base);
        }

        var eos = tokenizer.EosTokenId ?? config.EosTokenIds.Select(id => (int?)id).FirstOrDefault();
        // Pretraining joins all text, so that the length of a row means nothing.
        var overlong = options.Training.Method == TrainingMethod.Pretrain && options.Data.Overlong == OverlongRows.Error ? OverlongRows.Split : options.Data.Overlong;
        return new RowPreparation(
            tokenizer, new PromptTokenizer(tokenizer, eos), new RowCheck(tokenizer, StopTokens.Of(options.Model.Base, config, tokenizer)),
            new LengthLimit(samples ? maxLength - options.Grpo.MaxCompletionLength : maxLength, overlong), samples);
    }
}
