using System.Text.Json;
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
            "Unigram" => Unigram(model),
            "WordPiece" => new WordPieceModel(
                Vocabulary(model),
                model.OptionalText("unk_token") ?? "[UNK]",
                model.OptionalText("continuing_subword_prefix") ?? "##",
                model.Number("max_input_chars_per_word", 100),
                model.File),
            "WordLevel" => new WordLevelModel(Vocabulary(model), model.OptionalText("unk_token") ?? "<unk>", model.File),
            _ => throw TokenizerErrors.Unsupported(model.File, $"the model '{type}'"),
        };
    }

    public static BytePairOptions BytePairSettings(FileNode model)
    {
        if (model.Value("dropout") is { } dropout
            && !(dropout.ValueKind == JsonValueKind.Number && dropout.TryGetDouble(out var probability) && probability == 0))
        {
            throw TokenizerErrors.Unsupported(model.File, "BPE dropout, which makes tokens random,");
        }

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
        var vocabulary = Vocabulary(model);
        var (merges, table) = VocabularyReader.Merges(model.Array("merges"), vocabulary, options.ContinuingSubwordPrefix, model);
        return new BytePairModel(vocabulary, merges, table, options);
    }

    private static UnigramModel Unigram(FileNode model)
    {
        var pieces = model.Array("vocab").Select((element, id) => Piece(model, element, id)).ToList();
        return new UnigramModel(pieces, model.Value("unk_id") is null ? null : model.Index("unk_id"), model.Flag("byte_fallback", false), model.File);
    }

    /// <summary>A token and its log-probability: <c>["▁the", -3.2]</c>.</summary>
    private static (string Token, double Score) Piece(FileNode model, JsonElement element, int id) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2 && element[0].ValueKind == JsonValueKind.String
            && element[1].ValueKind == JsonValueKind.Number && element[1].TryGetDouble(out var score)
            ? (element[0].GetString()!, score)
            : throw TokenizerErrors.Malformed(model.File, $"vocab[{id}] must be a token and its score");

    private static Vocabulary Vocabulary(FileNode model) => model.Value("vocab") is { } vocab
        ? VocabularyReader.FromObject(vocab, model.File)
        : throw TokenizerErrors.Malformed(model.File, "the model lacks 'vocab'");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
