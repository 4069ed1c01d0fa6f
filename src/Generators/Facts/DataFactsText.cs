namespace FineTune.Facts;

/// <summary>Data facts as a fact file. Nested columns follow the one that holds them, with a greater depth.</summary>
internal static class DataFactsText
{
    public static string Write(DataFacts facts)
    {
        var lines = new List<string[]>
        {
            new[] { "name", facts.Name },
            new[] { "format", facts.Format.ToString() },
            new[] { "rows", FactFields.Write(facts.Rows) },
            new[] { "complete", facts.IsComplete ? "yes" : "no" },
            new[] { "bytes", FactFields.Write(facts.Bytes) },
            new[] { "digest", facts.Digest },
        };
        foreach (var column in facts.Columns)
            Write(column, depth: 0, lines);
        return FactLines.Write(lines);
    }

    public static DataFacts Read(string text)
    {
        var facts = new DataFacts { Name = "" };
        var lines = FactLines.Read(text).ToList();
        foreach (var fields in lines)
        {
            var value = FactFields.At(fields, 1);
            facts = fields[0] switch
            {
                "name" => facts with { Name = value },
                "format" when Enum.TryParse(value, out DataFormat format) => facts with { Format = format },
                "rows" => facts with { Rows = FactFields.Number(value) ?? 0 },
                "complete" => facts with { IsComplete = value == "yes" },
                "bytes" => facts with { Bytes = FactFields.Number(value) ?? 0 },
                "digest" => facts with { Digest = value },
                _ => facts,
            };
        }

        var columns = lines.Where(fields => fields[0] == "column").ToList();
        var next = 0;
        return facts with { Columns = new(ReadColumns(columns, ref next, depth: 0)) };
    }

    private static void Write(ColumnFacts column, int depth, List<string[]> lines)
    {
        lines.Add(
        [
            "column", FactFields.Write(depth), column.Name, column.Kind.ToString(), Row(column.NullRow), Row(column.MissingRow), Row(column.EmptyRow), Row(column.ConflictRow),
            column.Conflict.Before.ToString(), column.Conflict.There.ToString(),
        ]);
        foreach (var child in column.Children)
            Write(child, depth + 1, lines);

        static string Row(long? row) => row is { } number ? FactFields.Write(number) : "";
    }

    private static List<ColumnFacts> ReadColumns(List<string[]> lines, ref int next, long depth)
    {
        var columns = new List<ColumnFacts>();
        while (next < lines.Count && FactFields.Number(FactFields.At(lines[next], 1)) is { } found && found >= depth)
        {
            var fields = lines[next++];
            long? Row(int index) => FactFields.Number(FactFields.At(fields, index));
            columns.Add(new(FactFields.At(fields, 2), Kind(fields, 3))
            {
                NullRow = Row(4),
                MissingRow = Row(5),
                EmptyRow = Row(6),
                ConflictRow = Row(7),
                Conflict = (Kind(fields, 8), Kind(fields, 9)),
                // One level at a time, whatever the number says: a recursion as deep as the file has lines, at most.
                Children = new(ReadColumns(lines, ref next, found + 1)),
            });
        }

        return columns;
    }

    private static ColumnKind Kind(string[] fields, int index) => Enum.TryParse(FactFields.At(fields, index), out ColumnKind kind) ? kind : ColumnKind.Opaque;
}
