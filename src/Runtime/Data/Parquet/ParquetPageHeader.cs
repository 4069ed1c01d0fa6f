namespace FineTune.Data.Parquet;

/// <summary>What stands before a page.</summary>
/// <param name="Kind">0: data, 1: index, 2: dictionary, 3: data of the second version.</param>
/// <param name="Size">Its bytes when expanded.</param>
/// <param name="CompressedSize">Its bytes in the file.</param>
internal sealed record ParquetPageHeader(int Kind, int Size, int CompressedSize)
{
    public int Values { get; private init; }

    /// <summary>The values' encoding, by its number in the format.</summary>
    public int Encoding { get; private init; }

    public int RepetitionBytes { get; private init; }

    public int DefinitionBytes { get; private init; }

    /// <summary>Whether the values of a page of the second version are compressed.</summary>
    public bool IsCompressed { get; private init; } = true;

    public static ParquetPageHeader Read(ref ThriftReader reader)
    {
        var header = new ParquetPageHeader(-1, -1, -1);
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    header = header with { Kind = Number(ref reader, type) };
                    break;
                case 2:
                    header = header with { Size = Number(ref reader, type) };
                    break;
                case 3:
                    header = header with { CompressedSize = Number(ref reader, type) };
                    break;
                case 5 or 7 or 8 when type == ThriftReader.Struct:
                    header = ReadDetails(ref reader, header, isV2: id == 8);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return header.Kind >= 0 && header is { Size: >= 0, CompressedSize: >= 0, RepetitionBytes: >= 0, DefinitionBytes: >= 0 }
            ? header
            : throw new ParquetException("a page has no header");
    }

    private static ParquetPageHeader ReadDetails(ref ThriftReader reader, ParquetPageHeader header, bool isV2)
    {
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    header = header with { Values = Number(ref reader, type) };
                    break;
                case 2 when !isV2:
                case 4 when isV2:
                    header = header with { Encoding = Number(ref reader, type) };
                    break;
                case 5 when isV2:
                    header = header with { DefinitionBytes = Number(ref reader, type) };
                    break;
                case 6 when isV2:
                    header = header with { RepetitionBytes = Number(ref reader, type) };
                    break;
                case 7 when isV2 && type is ThriftReader.True or ThriftReader.False:
                    header = header with { IsCompressed = type == ThriftReader.True };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return header;
    }

    private static int Number(ref ThriftReader reader, int type) =>
        reader.ReadInteger(type) is >= 0 and <= int.MaxValue and var value ? (int)value : throw new ParquetException("a page's header has a number out of range");
}
