using System.Globalization;
using System.Text.Json.Nodes;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Models;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.Reading;

/// <summary>
/// tiktoken's files: a line for each token, its bytes in base64 and its rank. Neighbours merge if their bytes together are a
/// token, the lowest rank first; the split pattern and the special tokens are not in the file.
/// </summary>
internal static class TiktokenFile
{
    public static TokenizerDefinition Read(string path, string pattern, IEnumerable<KeyValuePair<string, int>> specialTokens)
    {
        var ids = ReadRanks(path);
        var merges = Merges(ids);
        var table = new MergeTable(merges.Count);
        foreach (var (left, right, id) in merges)
            table.Set(left, right, id, id);
        var sections = new JsonObject
        {
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                    new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false }),
            },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true },
        };
        // A word that is a token needs no merges to lead to it.
        var model = new BytePairModel(
            new Vocabulary(ids), [.. merges.Select(merge => (merge.Left, merge.Right))], table, new BytePairOptions { IgnoreMerges = true });
        var added = specialTokens.Select(token => new AddedToken(token.Value, token.Key, Special: true)).ToList();
        return TokenizerDefinition.Create(path, sections.ToJsonString(), added, model);
    }

    private static Dictionary<string, int> ReadRanks(string path)
    {
        var ids = new Dictionary<string, int>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
                continue;
            var bytes = new byte[line.Length];
            if (line.Split(' ') is not [var token, var rank] || !Convert.TryFromBase64String(token, bytes, out var count)
                || !int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                throw TokenizerErrors.Malformed($"{path}:{number}", "a line must be a token in base64 and its rank");
            }

            ids[string.Concat(bytes.Take(count).Select(value => ByteCharacters.All[value]))] = id;
        }

        return ids;
    }

    private static List<(int Left, int Right, int Id)> Merges(Dictionary<string, int> ids)
    {
        var bySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        var merges = new List<(int Left, int Right, int Id)>();
        foreach (var (token, id) in ids.OrderBy(pair => pair.Value))
        {
            for (var at = 1; at < token.Length; at++)
            {
                if (bySpan.TryGetValue(token.AsSpan(0, at), out var left) && bySpan.TryGetValue(token.AsSpan(at), out var right))
                    merges.Add((left, right, id));
            }
        }

        return merges;
    }
}
