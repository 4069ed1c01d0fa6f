using System.Text.Json.Nodes;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Models;

namespace FineTune.Tokenization.Reading;

/// <summary>vocab.txt: BERT's WordPiece in folders that are older than tokenizer.json; a token a line.</summary>
internal static class BertFiles
{
    private static readonly string[] SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <param name="path">vocab.txt.</param>
    /// <param name="lowercase">Whether text is lower-cased.</param>
    /// <param name="stripAccents">Whether accents are removed; <see langword="null"/>: where text is lower-cased.</param>
    /// <param name="handleChinese">Whether Chinese characters are words of their own.</param>
    public static TokenizerDefinition Read(string path, bool lowercase, bool? stripAccents, bool handleChinese)
    {
        var ids = new Dictionary<string, int>();
        // Lines end at \n only: other line ends are tokens' characters.
        var lines = File.ReadAllText(path).Split('\n');
        for (var id = 0; id < lines.Length && !(id == lines.Length - 1 && lines[id].Length == 0); id++)
            ids[lines[id]] = id;
        var vocabulary = new Vocabulary(ids);
        var added = SpecialTokens.Select(token => vocabulary.TryGetId(token, out var id) ? new AddedToken(id, token, Special: true) : null);
        var sections = new JsonObject
        {
            ["normalizer"] = new JsonObject
            {
                ["type"] = "BertNormalizer",
                ["clean_text"] = true,
                ["handle_chinese_chars"] = handleChinese,
                ["strip_accents"] = stripAccents,
                ["lowercase"] = lowercase,
            },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = PostProcessor(path, vocabulary),
            ["decoder"] = new JsonObject { ["type"] = "WordPiece", ["prefix"] = "##", ["cleanup"] = true },
        };
        var model = new WordPieceModel(vocabulary, "[UNK]", "##", 100, path);
        return TokenizerDefinition.Create(path, sections.ToJsonString(), [.. added.OfType<AddedToken>()], model) with
        {
            DefaultTokens = (null, null, vocabulary.TryGetId("[PAD]", out _) ? "[PAD]" : null),
        };
    }

    private static JsonNode PostProcessor(string path, Vocabulary vocabulary)
    {
        if (!vocabulary.TryGetId("[CLS]", out var first) || !vocabulary.TryGetId("[SEP]", out var separator))
            throw TokenizerErrors.Malformed(path, "the vocabulary lacks [CLS] or [SEP]");
        var template = JsonNode.Parse("""
            {"type":"TemplateProcessing",
            "single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],
            "pair":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}},
            {"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"[SEP]","type_id":1}}]}
            """)!;
        template["special_tokens"] = new JsonObject { ["[CLS]"] = Special("[CLS]", first), ["[SEP]"] = Special("[SEP]", separator) };
        return template;
    }

    private static JsonObject Special(string token, int id) => new() { ["id"] = token, ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(token) };
}
