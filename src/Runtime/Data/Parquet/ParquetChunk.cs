namespace FineTune.Data.Parquet;

/// <summary>The values of a column in a group of rows.</summary>
/// <param name="Codec">How its pages are compressed, by its number in the format.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Values">Its values, nulls included.</param>
internal sealed record ParquetChunk(int Codec, long Start, long Length, long Values)
{
    public static ParquetChunk Read(ref ThriftReader reader)
    {
        var (codec, values, length, data, dictionary) = (0L, 0L, 0L, 0L, long.MaxValue);
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            switch (id)
            {
                case 4:
                    codec = reader.ReadInteger(type);
                    break;
                case 5:
                    values = reader.ReadInteger(type);
                    break;
                case 7:
                    length = reader.ReadInteger(type);
                    break;
                case 9:
                    data = reader.ReadInteger(type);
                    break;
                case 11:
                    dictionary = reader.ReadInteger(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        // Some writers give 0 for no dictionary.
        var start = dictionary is > 0 and var first ? Math.Min(data, first) : data;
        return codec is >= 0 and <= 7 && start >= 0 && length >= 0 && values >= 0
            ? new((int)codec, start, length, values)
            : throw new ParquetException("a column has a number out of range");
    }
}
