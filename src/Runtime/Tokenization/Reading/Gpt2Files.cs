using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Facts;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Models;

namespace FineTune.Tokenization.Reading;

/// <summary>vocab.json and merges.txt: GPT-2's byte-level BPE in folders that are older than tokenizer.json.</summary>
internal static class Gpt2Files
{
    private const string EndOfText = "<|endoftext|>";

    public static TokenizerDefinition Read(string vocabularyPath, string mergesPath, bool addPrefixSpace, TokenizerConfig config)
    {
        var vocabulary = ReadVocabulary(vocabularyPath);
        var (merges, table) = VocabularyReader.Merges(ReadMerges(mergesPath), vocabulary, prefix: null, mergesPath);
        var special = new[] { config.BosToken, config.EosToken, config.UnknownToken, config.PadToken, EndOfText }.OfType<string>().Distinct();
        var added = special.Select(token => vocabulary.TryGetId(token, out var id) ? new AddedToken(id, token, Special: true) : null).OfType<AddedToken>();
        var sections = new JsonObject
        {
            ["pre_tokenizer"] = ByteLevel(addPrefixSpace),
            ["post_processor"] = JsonNode.Parse("""
                {"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],
                "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],"special_tokens":{}}
                """),
            ["decoder"] = ByteLevel(addPrefixSpace: true),
        };
        return TokenizerDefinition.Create(
            vocabularyPath, sections.ToJsonString(), [.. added], new BytePairModel(vocabulary, merges, table, new BytePairOptions())) with
        {
            DefaultTokens = vocabulary.TryGetId(EndOfText, out _) ? (EndOfText, EndOfText, null) : default,
        };
    }

    private static JsonObject ByteLevel(bool addPrefixSpace) => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = addPrefixSpace,
        ["trim_offsets"] = true,
        ["use_regex"] = true,
    };

    private static Vocabulary ReadVocabulary(string path)
    {
        try
        {
            using var document = FolderJson.Parse(File.ReadAllBytes(path));
            return VocabularyReader.FromObject(document.RootElement, path);
        }
        catch (JsonException exception)
        {
            throw TokenizerErrors.NotJson(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TokenizerErrors.Malformed(path, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static List<(string Left, string Right)> ReadMerges(string path)
    {
        var merges = new List<(string, string)>();
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length == 0 || line.StartsWith("#version", StringComparison.Ordinal))
                continue;
            merges.Add(line.Split(' ') is [var left, var right]
                ? (left, right)
                : throw TokenizerErrors.Malformed(path, $"merge {merges.Count + 1} must be two tokens"));
        }

        return merges;
    }
}
