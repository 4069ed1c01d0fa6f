using FineTune.Tokenization.SentencePiece;

namespace FineTune.Tokenization.Reading;

/// <summary>Finds the tokenizer of a model folder.</summary>
internal static class TokenizerFolder
{
    public const string TokenizerFile = "tokenizer.json";

    private const int T5ExtraIds = 100;

    public static TokenizerDefinition Read(string folder, TokenizerConfig config)
    {
        var definition = ReadFiles(folder, config);
        // Tokens that were added later may stand in the configuration only.
        var more = config.AddedTokens(folder).Where(token => definition.AddedTokens.All(known => known.Content != token.Content)).ToList();
        return more.Count == 0 ? definition : definition with { AddedTokens = [.. definition.AddedTokens, .. more] };
    }

    private static TokenizerDefinition ReadFiles(string folder, TokenizerConfig config)
    {
        if (PathOf(folder, TokenizerFile) is { } tokenizer)
            return TokenizerJson.Read(tokenizer);
        if (PathOf(folder, "tokenizer.model") is { } llama)
            return ReadSentencePiece(llama, config);
        if (PathOf(folder, "spiece.model") is { } t5)
            return ReadSentencePiece(t5, config);
        if (PathOf(folder, "vocab.json") is { } vocabulary && PathOf(folder, "merges.txt") is { } merges)
            return ReadGpt2(vocabulary, merges, config);
        if (PathOf(folder, "vocab.txt") is { } bert)
        {
            return BertFiles.Read(
                bert, config.Flag("do_lower_case") ?? true, config.Flag("strip_accents"), config.Flag("tokenize_chinese_chars") ?? true);
        }

        throw TokenizerErrors.NotFound(folder);
    }

    private static TokenizerDefinition ReadSentencePiece(string path, TokenizerConfig config)
    {
        var model = SentencePieceFile.Read(path);
        if (model.IsBytePair)
        {
            return SentencePieceConversion.ToLlama(
                model, config.Flag("legacy") ?? true, config.Flag("add_bos_token") ?? true, config.Flag("add_eos_token") ?? false);
        }

        // Other unigram models move ids about in a way that only their class knows.
        return config.Text("tokenizer_class") is null or "T5Tokenizer" or "T5TokenizerFast"
            ? SentencePieceConversion.ToT5(model, config.Number("extra_ids") ?? T5ExtraIds)
            : throw TokenizerErrors.Unsupported(path, $"a SentencePiece unigram model of {config.Text("tokenizer_class")} without tokenizer.json");
    }

    private static TokenizerDefinition ReadGpt2(string vocabulary, string merges, TokenizerConfig config) => config.Text("tokenizer_class") switch
    {
        null or "GPT2Tokenizer" or "GPT2TokenizerFast" => Gpt2Files.Read(vocabulary, merges, config.Flag("add_prefix_space") ?? false, config),
        // RoBERTa, CLIP, Qwen and others share the file names but not the pipeline.
        var other => throw TokenizerErrors.Unsupported(vocabulary, $"vocab.json and merges.txt of {other} without tokenizer.json"),
    };

    private static string? PathOf(string folder, string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? path : null;
}
