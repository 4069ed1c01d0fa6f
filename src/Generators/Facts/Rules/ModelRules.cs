using FineTune.Keys;

namespace FineTune.Facts.Rules;

/// <summary>Checks a model folder by itself: whether its files belong together and the runtime can load them.</summary>
internal static class ModelRules
{
    /// <param name="facts">The model.</param>
    /// <param name="isRandom">Whether its weights are not read, but made.</param>
    public static IEnumerable<FactProblem> Check(ModelFacts facts, bool isRandom)
    {
        var name = KeyText.Quote(facts.Name);
        if (facts.ModelType is { } type && !SupportedModels.Types.Contains(type))
        {
            yield return At(
                FactCodes.UnsupportedModel,
                $"The model {name} is of the type {KeyText.Quote(type)}, which is not supported; supported: {string.Join(", ", SupportedModels.Types)}.");
        }

        if (!facts.HasTokenizer)
        {
            yield return At(
                FactCodes.NoTokenizer,
                $"The folder of the model {name} has no tokenizer; put its tokenizer.json, tokenizer.model, or vocab.json and merges.txt beside config.json.");
        }

        foreach (var problem in CheckVocabulary(facts, name))
            yield return problem;
        if (!isRandom)
        {
            foreach (var problem in CheckWeights(facts, name))
                yield return problem;
        }
    }

    private static IEnumerable<FactProblem> CheckWeights(ModelFacts facts, string name)
    {
        if (facts.MissingShards.Count > 0)
        {
            yield return At(
                FactCodes.MissingShard,
                $"The index of the model {name} names {Count(facts.MissingShards.Count, "file")} of weights that {(facts.MissingShards.Count == 1 ? "is" : "are")} not there, "
                + $"as {KeyText.Quote(facts.MissingShards[0])}; download the model again.");
        }
        else if (!facts.HasWeights)
        {
            yield return At(
                FactCodes.NoWeights,
                $"The folder of the model {name} has no weights: neither model.safetensors nor model.safetensors.index.json; complete it, or set initialization to random for a model of its shape.");
        }

        if (facts.Quantization is { } quantization)
        {
            yield return At(
                FactCodes.QuantizedCheckpoint,
                $"The weights of the model {name} are quantized ({KeyText.Quote(quantization)}), which is not read; use the checkpoint that it was made from, in bfloat16, float16 or float32.");
        }
        else if (facts.DType is { } dtype && facts.StoredDType is { } stored && dtype != stored)
        {
            yield return At(
                FactCodes.StoredOtherwise,
                $"config.json of the model {name} says {dtype}, but its weights are stored as {stored}; {stored} is what is loaded. Correct torch_dtype in config.json.");
        }

        var embedding = facts.Linears.FirstOrDefault(linear => linear.IsEmbedding && linear.Name is "embed_tokens" or "wte");
        if (embedding is not null && facts is { VocabularySize: { } rows, HiddenSize: { } columns } && (embedding.Rows, embedding.Columns) != (rows, columns))
        {
            yield return At(
                FactCodes.OtherEmbedding,
                $"The embedding of the model {name} is {embedding.Rows} × {embedding.Columns}, but its config.json says {rows} × {columns} (vocab_size × hidden_size): they belong to different models; get both from one place.");
        }

        if (facts.Layers is { } layers && Layers(facts) is { } found && found != layers)
        {
            yield return At(
                FactCodes.OtherLayers,
                $"The weights of the model {name} have {found} layers, but its config.json says {layers} (num_hidden_layers): they belong to different models; get both from one place.");
        }
    }

    private static IEnumerable<FactProblem> CheckVocabulary(ModelFacts facts, string name)
    {
        if (facts is { TokenizerSize: { } size, VocabularySize: { } vocabulary } && size > vocabulary)
        {
            yield return At(
                FactCodes.TokenizerTooLarge,
                $"The tokenizer of the model {name} makes ids up to {size - 1}, but the model has embeddings for {vocabulary} tokens: they belong to different models; get both from one place.");
        }

        if (facts.VocabularySize is { } limit && facts.EosTokenIds.Any(id => id >= limit || id < 0))
        {
            yield return At(
                FactCodes.TokenOutsideVocabulary,
                $"config.json of the model {name} gives the eos_token_id {facts.EosTokenIds.First(id => id >= limit || id < 0)}, but its vocabulary has {limit} tokens; correct one of them.");
        }

        if (facts is { TokenizerSize: not null, Eos: null, EosTokenIds.Count: 0 })
        {
            yield return At(
                FactCodes.NoEndToken,
                $"The model {name} has no end-of-sequence token, so that it cannot learn to stop; set eos_token in tokenizer_config.json or eos_token_id in config.json.");
        }
    }

    // The number that layers' paths count to: of the patterns with a number, the one that most weights have.
    private static long? Layers(ModelFacts facts) => facts.Linears
        .Select(linear => linear.Pattern.Split('.').FirstOrDefault(part => part.Length > 0 && part[0] == '{'))
        .Where(part => part is not null)
        .GroupBy(part => part)
        .OrderByDescending(group => group.Count())
        .Select(group => FactFields.Number(group.Key!.Trim('{', '}')))
        .FirstOrDefault();

    private static string Count(int count, string noun) => count == 1 ? "one " + noun : $"{count} {noun}s";

    private static FactProblem At(string code, string message) => new(ModelKeys.Base, code, message);
}
