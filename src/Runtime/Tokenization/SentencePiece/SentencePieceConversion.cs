using System.Text.Json.Nodes;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Models;
using FineTune.Tokenization.Reading;

namespace FineTune.Tokenization.SentencePiece;

/// <summary>
/// A SentencePiece model as the pipeline that transformers makes of it: that of Llama for BPE, that of T5 for unigram.
/// Special tokens in a text are found, unlike in SentencePiece itself.
/// </summary>
internal static class SentencePieceConversion
{
    /// <summary>Llama's form.</summary>
    /// <param name="model">A BPE model.</param>
    /// <param name="isLegacy">Whether every section between special tokens gets a space in front, or only the start of the text.</param>
    /// <param name="addsBos">Whether encoding with special tokens puts BOS in front.</param>
    /// <param name="addsEos">Whether encoding with special tokens appends EOS.</param>
    public static TokenizerDefinition ToLlama(SentencePieceFile model, bool isLegacy, bool addsBos, bool addsEos)
    {
        var vocabulary = new Vocabulary(Ids(model.Pieces.Select(piece => piece.Text)));
        var (merges, table) = VocabularyReader.Merges(Merges(model, vocabulary), vocabulary, prefix: null, model.File);
        var sections = new JsonObject
        {
            ["pre_tokenizer"] = Metaspace(isLegacy ? "always" : "first", split: false),
            ["post_processor"] = Template(model, vocabulary, addsBos ? model.BosId : null, addsEos ? model.EosId : null),
            ["decoder"] = JsonNode.Parse("""
                {"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},
                {"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}
                """),
        };
        var options = new BytePairOptions { FuseUnknown = true, ByteFallback = true };
        return TokenizerDefinition.Create(
            model.File, sections.ToJsonString(), AddedTokens(model), new BytePairModel(vocabulary, merges, table, options)) with
        {
            DefaultTokens = DefaultTokens(model),
        };
    }

    /// <summary>T5's form.</summary>
    /// <param name="model">A unigram model.</param>
    /// <param name="extraIds">How many tokens <c>&lt;extra_id_n&gt;</c> follow the pieces, the last one first.</param>
    public static TokenizerDefinition ToT5(SentencePieceFile model, int extraIds)
    {
        var pieces = model.Pieces.Select(piece => (piece.Text, (double)piece.Score)).ToList();
        for (var extra = extraIds - 1; extra >= 0; extra--)
            pieces.Add(($"<extra_id_{extra}>", 0));
        var unigram = new UnigramModel(pieces, model.UnknownId, byteFallback: false, model.File);
        var sections = new JsonObject
        {
            ["normalizer"] = new JsonObject { ["type"] = "Precompiled", ["precompiled_charsmap"] = Convert.ToBase64String(model.CharacterMap) },
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(new JsonObject { ["type"] = "WhitespaceSplit" }, Metaspace("always", split: true)),
            },
            ["post_processor"] = Template(model, unigram.Vocabulary, bos: null, model.EosId, pairTypeId: 0),
            ["decoder"] = Metaspace("always", split: true),
        };
        var extras = Enumerable.Range(model.Pieces.Count, extraIds).Select(id => new AddedToken(id, pieces[id].Text, Special: true));
        return TokenizerDefinition.Create(model.File, sections.ToJsonString(), [.. AddedTokens(model), .. extras], unigram) with
        {
            DefaultTokens = DefaultTokens(model) with { Bos = null },
        };
    }

    private static (string? Bos, string? Eos, string? Pad) DefaultTokens(SentencePieceFile model)
    {
        string? Piece(int id) => id >= 0 && id < model.Pieces.Count ? model.Pieces[id].Text : null;
        return (Piece(model.BosId), Piece(model.EosId), Piece(model.PadId));
    }

    private static Dictionary<string, int> Ids(IEnumerable<string> tokens)
    {
        var ids = new Dictionary<string, int>();
        foreach (var (token, id) in tokens.Select((token, id) => (token, id)))
            ids[token] = id;
        return ids;
    }

    /// <summary>
    /// Every way to write a piece as two, in the order of the pieces' ids, as transformers 5 ranks them. SentencePiece ranks by
    /// score, which differs where a piece was put in by hand: runs of spaces in Llama 2 (<see cref="SentencePieceProcessor"/>).
    /// </summary>
    private static List<(string Left, string Right)> Merges(SentencePieceFile model, Vocabulary vocabulary)
    {
        var merges = new List<(string Left, string Right)>();
        foreach (var (text, _, _) in model.Pieces)
        {
            var splits = new List<(string Left, string Right, int LeftId, int RightId)>();
            for (var at = 1; at < text.Length; at++)
            {
                if (!char.IsLowSurrogate(text[at]) && vocabulary.TryGetId(text.AsSpan(0, at), out var left)
                    && vocabulary.TryGetId(text.AsSpan(at), out var right))
                {
                    splits.Add((text[..at], text[at..], left, right));
                }
            }

            merges.AddRange(splits.OrderBy(split => Characters(split.Left)).ThenBy(split => Characters(split.Right))
                .ThenBy(split => split.LeftId).ThenBy(split => split.RightId).Select(split => (split.Left, split.Right)));
        }

        return merges;
    }

    private static int Characters(string text) => text.EnumerateRunes().Count();

    private static List<AddedToken> AddedTokens(SentencePieceFile model) =>
    [
        .. model.Pieces.Select((piece, id) => piece.Kind switch
        {
            PieceKind.Unknown or PieceKind.Control => new AddedToken(id, piece.Text, Special: true),
            PieceKind.UserDefined => new AddedToken(id, piece.Text),
            _ => null,
        }).OfType<AddedToken>(),
    ];

    private static JsonObject Metaspace(string scheme, bool split) => new()
    {
        ["type"] = "Metaspace",
        ["replacement"] = "▁",
        ["prepend_scheme"] = scheme,
        ["split"] = split,
    };

    private static JsonObject Template(SentencePieceFile model, Vocabulary vocabulary, int? bos, int? eos, int pairTypeId = 1)
    {
        var special = new JsonObject();
        JsonNode SpecialPiece(int id, int typeId)
        {
            if (!vocabulary.TryGetToken(id, out var token))
                throw TokenizerErrors.Malformed(model.File, $"the special token {id} is not among the pieces");
            special[token] ??= new JsonObject { ["id"] = token, ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(token) };
            return new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = token, ["type_id"] = typeId } };
        }

        JsonNode[] Around(string sequence, int typeId)
        {
            var text = new JsonObject { ["Sequence"] = new JsonObject { ["id"] = sequence, ["type_id"] = typeId } };
            return [.. bos is null ? [] : new[] { SpecialPiece(bos.Value, typeId) }, text, .. eos is null ? [] : new[] { SpecialPiece(eos.Value, typeId) }];
        }

        var single = new JsonArray(Around("A", 0));
        var pair = new JsonArray([.. Around("A", 0), .. Around("B", pairTypeId)]);
        return new JsonObject { ["type"] = "TemplateProcessing", ["single"] = single, ["pair"] = pair, ["special_tokens"] = special };
    }
}
