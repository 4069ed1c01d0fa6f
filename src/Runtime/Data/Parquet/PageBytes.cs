using System.Buffers.Binary;

namespace FineTune.Data.Parquet;

/// <summary>The bytes of a page, taken from the front.</summary>
internal sealed class PageBytes(ReadOnlyMemory<byte> bytes)
{
    private int _position;

    /// <summary>What is left.</summary>
    public ReadOnlyMemory<byte> Rest => bytes[_position..];

    public ReadOnlyMemory<byte> Take(long count)
    {
        if (count < 0 || count > bytes.Length - _position)
            throw new ParquetException("a page ends too early");
        _position += (int)count;
        return bytes.Slice(_position - (int)count, (int)count);
    }

    public int Byte() => Take(1).Span[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span);

    /// <summary>Bytes after their length in four bytes.</summary>
    public ReadOnlyMemory<byte> Block() => Take(Int32());

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }

        throw new ParquetException("a number in a page has no end");
    }

    public long ZigZag() => Varint() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;
}
