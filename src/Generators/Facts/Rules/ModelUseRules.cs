using FineTune.Keys;

namespace FineTune.Facts.Rules;

/// <summary>Checks what a recipe does with its model.</summary>
internal static class ModelUseRules
{
    public static IEnumerable<FactProblem> Check(ModelFacts facts, KeySettings settings, KeySurface surface)
    {
        if (settings.TryGet(DataKeys.MaxLength, out var length) && length is KeyValue.Integer { Value: var tokens })
        {
            var key = KeyText.Name(DataKeys.MaxLength, surface);
            if (facts.MaxPositions is { } context && tokens > context)
                yield return new(DataKeys.MaxLength, FactCodes.BeyondContext, $"{key} is {tokens}, but the context of the model {KeyText.Quote(facts.Name)} is {context} tokens; lower it.");
            else if (facts.ModelMaxLength is { } longest && tokens > longest)
            {
                yield return new(
                    DataKeys.MaxLength, FactCodes.BeyondTokenizer,
                    $"{key} is {tokens}, but the tokenizer of the model {KeyText.Quote(facts.Name)} says that texts have at most {longest} tokens (model_max_length); the model may not have learned longer ones.");
            }
        }

        if (IsText(settings, ModelKeys.DType, "bfloat16") && facts.StoredDType is "float32" or "float16")
        {
            yield return new(
                ModelKeys.DType, FactCodes.RoundedWeights,
                $"{KeyText.Name(ModelKeys.DType, surface)} rounds the weights of the model {KeyText.Quote(facts.Name)}, stored as {facts.StoredDType}, to bfloat16; 'auto' keeps them.");
        }

        foreach (var problem in TargetRules.Check(facts, settings).Concat(CheckPrompt(facts, settings, surface)))
            yield return problem;
    }

    private static IEnumerable<FactProblem> CheckPrompt(ModelFacts facts, KeySettings settings, KeySurface surface)
    {
        if (!settings.TryGet(DataKeys.Prompt, out var value) || value is not KeyValue.Text { Value: var template })
            yield break;
        var prompt = KeyText.Name(DataKeys.Prompt, surface);
        if (facts is { AddsBos: true, Bos.Text: { Length: > 0 } bos } && template.StartsWith(bos, StringComparison.Ordinal))
        {
            yield return new(
                DataKeys.Prompt, FactCodes.DoubledBos,
                $"{prompt} begins with {KeyText.Quote(bos)}, which the tokenizer of the model {KeyText.Quote(facts.Name)} adds by itself, so that it would be there twice; remove it.");
        }

        if (facts.Eos is { Text: { Length: > 0 } eos } && template.EndsWith(eos, StringComparison.Ordinal))
        {
            yield return new(
                DataKeys.Prompt, FactCodes.DoubledEos,
                $"{prompt} ends with {KeyText.Quote(eos)}, which every row gets by itself, so that it would be there twice; remove it.");
        }
    }

    private static bool IsText(KeySettings settings, Key key, string value) => settings.Effective(key) is KeyValue.Text text && text.Value == value;
}
