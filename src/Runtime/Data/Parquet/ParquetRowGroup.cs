namespace FineTune.Data.Parquet;

/// <summary>A group of rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Columns">Where the values of each column lie.</param>
internal sealed record ParquetRowGroup(long Rows, IReadOnlyList<ParquetChunk> Columns)
{
    public static ParquetRowGroup Read(ref ThriftReader reader)
    {
        var (rows, columns) = (0L, new List<ParquetChunk>());
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    for (var count = reader.ReadList(type, out _); count > 0; count--)
                        columns.Add(ReadColumn(ref reader));
                    break;
                case 3:
                    rows = reader.ReadInteger(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return rows >= 0 ? new(rows, columns) : throw new ParquetException("a group has less than no rows");
    }

    private static ParquetChunk ReadColumn(ref ThriftReader reader)
    {
        ParquetChunk? chunk = null;
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            if (id == 3 && type == ThriftReader.Struct)
                chunk = ParquetChunk.Read(ref reader);
            else
                reader.Skip(type);
        }

        return chunk ?? throw new ParquetException("a column has no metadata");
    }
}
