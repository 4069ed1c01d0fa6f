using System.Text.Json;
using FineTune.Tokenization.Models;

namespace FineTune.Tokenization.Reading;

/// <summary>Reads vocabularies and merges.</summary>
internal static class VocabularyReader
{
    /// <summary>A JSON object of token to id.</summary>
    public static Vocabulary FromObject(JsonElement element, string file)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw TokenizerErrors.Malformed(file, "the vocabulary must be an object of token to id");
        var ids = new Dictionary<string, int>(element.GetPropertyCount());
        foreach (var property in element.EnumerateObject())
        {
            if (!FileNode.IsIndex(property.Value, out var id))
                throw TokenizerErrors.Malformed(file, $"the id of the token '{property.Name}' must be a whole number from 0");
            ids[property.Name] = id;
        }

        return new Vocabulary(ids);
    }

    /// <summary>Merges, each <c>"a b"</c> or <c>["a", "b"]</c>.</summary>
    public static (List<(int Left, int Right)> Merges, MergeTable Table) Merges(
        IEnumerable<JsonElement> elements, Vocabulary vocabulary, string? prefix, FileNode model)
    {
        var pairs = elements.Select((element, index) => Pair(element, index, model)).ToList();
        return Merges(pairs, vocabulary, prefix, model.File);
    }

    public static (List<(int Left, int Right)> Merges, MergeTable Table) Merges(
        IReadOnlyList<(string Left, string Right)> pairs, Vocabulary vocabulary, string? prefix, string file)
    {
        var merges = new List<(int, int)>(pairs.Count);
        var table = new MergeTable(pairs.Count);
        var prefixLength = prefix?.Length ?? 0;
        for (var rank = 0; rank < pairs.Count; rank++)
        {
            var (left, right) = pairs[rank];
            if (right.Length < prefixLength)
                throw TokenizerErrors.Malformed(file, $"merge {rank} ('{left}' and '{right}') lacks the prefix '{prefix}'");
            // The second side loses its prefix: "un" and "##able" make "unable".
            var merged = string.Concat(left, right.AsSpan(prefixLength));
            if (!vocabulary.TryGetId(left, out var leftId) || !vocabulary.TryGetId(right, out var rightId)
                || !vocabulary.TryGetId(merged, out var id))
            {
                throw TokenizerErrors.Malformed(file, $"merge {rank} ('{left}' and '{right}') has a token that the vocabulary lacks");
            }

            merges.Add((leftId, rightId));
            table.Set(leftId, rightId, rank, id);
        }

        return (merges, table);
    }

    private static (string Left, string Right) Pair(JsonElement element, int index, FileNode model)
    {
        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
            && element[0].ValueKind == JsonValueKind.String && element[1].ValueKind == JsonValueKind.String)
        {
            return (element[0].GetString()!, element[1].GetString()!);
        }

        if (element.ValueKind == JsonValueKind.String && element.GetString()!.Split(' ') is [var left, var right])
            return (left, right);
        throw TokenizerErrors.Malformed(model.File, $"merge {index} must be two tokens");
    }
}
