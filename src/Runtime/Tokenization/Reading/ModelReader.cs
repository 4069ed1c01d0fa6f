using FineTune.Tokenization.Models;

namespace FineTune.Tokenization.Reading;

/// <summary>Reads the section <c>model</c> of a tokenizer file.</summary>
internal static class ModelReader
{
    public static ITokenModel Read(FileNode model)
    {
        // Old files leave the type out; the keys tell it.
        var type = model.OptionalText("type") ?? (model.Value("merges") is not null ? "BPE" : model.Value("unk_id") is not null ? "Unigram" : "WordPiece");
        return type switch
        {
            "BPE" => BytePair(model),
            _ => throw TokenizerErrors.Unsupported(model.File, $"the model '{type}'"),
        };
    }

    public static BytePairOptions BytePairSettings(FileNode model)
    {
        if (model.Value("dropout") is { } dropout && !(dropout.TryGetDouble(out var probability) && probability == 0))
            throw TokenizerErrors.Unsupported(model.File, "BPE dropout, which makes tokens random,");
        return new BytePairOptions
        {
            UnknownToken = model.OptionalText("unk_token"),
            ContinuingSubwordPrefix = NullIfEmpty(model.OptionalText("continuing_subword_prefix")),
            EndOfWordSuffix = NullIfEmpty(model.OptionalText("end_of_word_suffix")),
            FuseUnknown = model.Flag("fuse_unk", false),
            ByteFallback = model.Flag("byte_fallback", false),
            IgnoreMerges = model.Flag("ignore_merges", false),
        };
    }

    private static BytePairModel BytePair(FileNode model)
    {
        var options = BytePairSettings(model);
        if (model.Value("vocab") is not { } vocab)
            throw TokenizerErrors.Malformed(model.File, "the model lacks 'vocab'");
        var vocabulary = VocabularyReader.FromObject(vocab, model.File);
        var (merges, table) = VocabularyReader.Merges(model.Array("merges"), vocabulary, options.ContinuingSubwordPrefix, model);
        return new BytePairModel(vocabulary, merges, table, options);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
