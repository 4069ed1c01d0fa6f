using FineTune.Data;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/training/packing/packing.json: how sequences are distributed over packs.</summary>
public sealed class PackingConformanceTests(ConformanceReport report)
{
    private const string Path = "training/packing/packing.json";
    private const int DefaultChunk = 1000;

    public static TheoryData<string?> Cases => ListFile.Ids(Path);

    [Theory, MemberData(nameof(Cases))]
    public void Packing(string? id)
    {
        var json = ListFile.Case(Path, id);
        ConformanceRun.Check(report, "training", $"packing/packing/{id}", [$"packing:{json.GetProperty("strategy").GetString()}"], check =>
        {
            var lengths = json.GetProperty("lengths").EnumerateArray().Select(length => length.GetInt32()).ToList();
            var capacity = json.GetProperty("seq_length").GetInt32();
            var chunk = json.TryGetProperty("map_batch_size", out var size) ? size.GetInt32() : DefaultChunk;
            var got = lengths.Chunk(chunk).SelectMany((part, number) => Pack(json.GetProperty("strategy").GetString()!, part, capacity)
                .Select(pack => pack.Select(piece => (piece.Row + number * chunk, piece.First, piece.Count))));
            var expected = json.GetProperty("packs").EnumerateArray().Select(pack => pack.EnumerateArray().Select(piece => (piece[0].GetInt32(), piece[1].GetInt32(), piece[2].GetInt32())));
            check.SequenceEqual("packs", expected.Select(Text), got.Select(Text));
        });
    }

    private static IEnumerable<IEnumerable<(int Row, int First, int Count)>> Pack(string strategy, int[] lengths, int capacity)
    {
        if (strategy == "wrapped")
            return SequencePacking.Wrapped(lengths, capacity);
        // bfd cuts longer rows, bfd_split cuts them into pieces first.
        var pieces = lengths.SelectMany((length, row) => strategy == "bfd"
            ? [(Row: row, First: 0, Count: Math.Min(length, capacity))]
            : Enumerable.Range(0, (length + capacity - 1) / capacity).Select(i => (Row: row, First: i * capacity, Count: Math.Min(capacity, length - i * capacity)))).ToList();
        return SequencePacking.BestFitDecreasing([.. pieces.Select(piece => piece.Count)], capacity).Select(pack => pack.Select(i => pieces[i]));
    }

    private static string Text(IEnumerable<(int, int, int)> pack) => string.Join(' ', pack);
}
