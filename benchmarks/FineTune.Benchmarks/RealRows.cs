using System.Collections;
using System.Text.Json;
using FineTune.Data;

namespace FineTune.Benchmarks;

/// <summary>Sequences with the lengths of gsm8k's questions and answers, about four characters a token; the ids are random.</summary>
internal static class RealRows
{
    private const double CharactersPerToken = 3.6;

    public static IReadOnlyList<TokenSequence> Read(string assets, int vocabulary)
    {
        var path = Path.Combine(assets, "datasets", "gsm8k", "train.jsonl");
        var lengths = File.Exists(path) ? Lengths(path) : [.. Enumerable.Range(0, 2000).Select(i => (60 + i * 37 % 60, 60 + i * 53 % 140))];
        var random = new Random(1);
        var order = Enumerable.Range(0, lengths.Count).ToArray();
        random.Shuffle(order);
        return [.. order.Select(i => Sequence(lengths[i].Prompt, lengths[i].Completion, vocabulary, random, i))];
    }

    private static List<(int Prompt, int Completion)> Lengths(string path) =>
        [.. File.ReadLines(path).Select(line =>
        {
            using var row = JsonDocument.Parse(line);
            return (Tokens(row, "question"), Tokens(row, "answer"));
        })];

    private static int Tokens(JsonDocument row, string column) =>
        (int)Math.Ceiling(row.RootElement.GetProperty(column).GetString()!.Length / CharactersPerToken);

    private static TokenSequence Sequence(int prompt, int completion, int vocabulary, Random random, int row)
    {
        var ids = new int[prompt + completion];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = random.Next(vocabulary);
        return new TokenSequence(ids, new BitArray([.. Enumerable.Range(0, ids.Length).Select(i => i >= prompt)]), row);
    }
}
