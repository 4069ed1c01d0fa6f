using System.Buffers.Binary;

namespace FineTune.Data.Parquet;

/// <summary>Values behind each other (PLAIN = 0), or their first bytes, then their second, and so on (BYTE_STREAM_SPLIT = 9).</summary>
internal sealed class PlainDecoder(ParquetNode leaf, ReadOnlyMemory<byte> page, bool isSplit) : IValueDecoder
{
    private readonly PageBytes _bytes = new(page);
    private readonly int _stride = isSplit && Width(leaf) is > 0 and var width ? page.Length / width : 0;
    private int _next;

    public ParquetValue Next()
    {
        if (leaf.Type == ParquetType.Boolean)
            return NextBit();
        var bytes = isSplit ? NextSplit() : leaf.Type == ParquetType.ByteArray ? _bytes.Block() : _bytes.Take(Width(leaf));
        return leaf.Type switch
        {
            ParquetType.Int32 => new(BinaryPrimitives.ReadInt32LittleEndian(bytes.Span)),
            ParquetType.Int64 => new(BinaryPrimitives.ReadInt64LittleEndian(bytes.Span)),
            ParquetType.Float => ParquetValue.Of(BinaryPrimitives.ReadSingleLittleEndian(bytes.Span)),
            ParquetType.Double => ParquetValue.Of(BinaryPrimitives.ReadDoubleLittleEndian(bytes.Span)),
            _ => new(0, bytes),
        };
    }

    private static int Width(ParquetNode leaf) => leaf.Type switch
    {
        ParquetType.Int32 or ParquetType.Float => 4,
        ParquetType.Int64 or ParquetType.Double => 8,
        ParquetType.Int96 => 12,
        ParquetType.FixedLengthByteArray => leaf.Length,
        _ => 0,
    };

    private ParquetValue NextBit()
    {
        if (_next >> 3 >= page.Length)
            throw new ParquetException("a page ends too early");
        var bit = (page.Span[_next >> 3] >> (_next & 7)) & 1;
        _next++;
        return new(bit);
    }

    private byte[] NextSplit()
    {
        if (_next >= _stride)
            throw new ParquetException("a page ends too early");
        var bytes = new byte[Width(leaf)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = page.Span[_next + (i * _stride)];
        _next++;
        return bytes;
    }
}
