using System.IO.Compression;
using ZstdSharp;

namespace FineTune.Data.Parquet;

/// <summary>Expands a page. The size that the page claims is only believed as far as its bytes can give it.</summary>
internal static class Decompression
{
    private const int LargestPage = 1 << 30;

    public static byte[] Expand(byte[] page, int codec, int size)
    {
        if (size is < 0 or > LargestPage)
            throw new ParquetException($"a page claims {size} bytes");
        var expanded = codec switch
        {
            0 => page,
            1 => Snappy(page, size),
            2 => Read(new GZipStream(new MemoryStream(page), CompressionMode.Decompress), size),
            4 => Read(new BrotliStream(new MemoryStream(page), CompressionMode.Decompress), size),
            5 => HadoopLz4(page, size),
            6 => Read(new DecompressionStream(new MemoryStream(page)), size),
            7 => Lz4(page, size),
            _ => throw new ParquetException("its pages are compressed by LZO, which is not read"),
        };
        return expanded.Length == size ? expanded : throw new ParquetException("a page has another size than it claims");
    }

    private static byte[] Read(Stream stream, int size)
    {
        using (stream)
        {
            try
            {
                using var expanded = new MemoryStream();
                var buffer = new byte[Math.Min(size, 1 << 16)];
                while (expanded.Length <= size && stream.Read(buffer) is > 0 and var read)
                    expanded.Write(buffer, 0, read);
                return expanded.ToArray();
            }
            catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or IOException or ZstdException or EndOfStreamException)
            {
                throw new ParquetException("a page cannot be decompressed");
            }
        }
    }

    // google/snappy, format_description.txt. A copy gives at most 64 bytes for 2.
    private static byte[] Snappy(ReadOnlySpan<byte> page, int size)
    {
        var position = 0;
        uint claimed = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (position == page.Length || shift > 28)
                throw Damaged();
            var part = page[position++];
            claimed |= (uint)(part & 127) << shift;
            if (part < 128)
                break;
        }

        if (claimed != size || size > page.Length * 64L)
            throw Damaged();
        var expanded = new byte[size];
        var written = 0;
        while (position < page.Length)
        {
            var tag = page[position++];
            var kind = tag & 3;
            if (kind == 0)
            {
                var length = tag >> 2;
                if (length >= 60)
                    length = (int)Math.Min(LittleEndian(page, ref position, length - 59), int.MaxValue - 1);
                Literal(page, ref position, expanded, ref written, length + 1L);
                continue;
            }

            var copied = kind == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
            var offset = kind == 1 ? ((tag >> 5) * 256L) + LittleEndian(page, ref position, 1) : LittleEndian(page, ref position, kind == 2 ? 2 : 4);
            Copy(expanded, ref written, offset, copied);
        }

        return written == size ? expanded : throw Damaged();
    }

    // lz4/lz4, lz4_Block_format.md. A byte of a length stands for at most 255.
    private static byte[] Lz4(ReadOnlySpan<byte> page, int size)
    {
        if (size > page.Length * 256L)
            throw Damaged();
        var expanded = new byte[size];
        var (position, written) = (0, 0);
        while (position < page.Length)
        {
            var token = page[position++];
            Literal(page, ref position, expanded, ref written, Length(page, ref position, token >> 4));
            if (position == page.Length)
                break;
            var offset = LittleEndian(page, ref position, 2);
            Copy(expanded, ref written, offset, Length(page, ref position, token & 15) + 4);
        }

        return written == size ? expanded : throw Damaged();
    }

    // Hadoop puts two big-endian lengths before each block.
    private static byte[] HadoopLz4(ReadOnlySpan<byte> page, int size)
    {
        using var expanded = new MemoryStream();
        var position = 0;
        while (position + 8 <= page.Length)
        {
            var (whole, length) = (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(page[position..]), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(page[(position + 4)..]));
            position += 8;
            if (length < 0 || whole < 0 || length > page.Length - position || expanded.Length + whole > size)
                return Lz4(page, size);
            expanded.Write(Lz4(page.Slice(position, length), whole));
            position += length;
        }

        return expanded.ToArray();
    }

    private static long Length(ReadOnlySpan<byte> page, ref int position, int first)
    {
        long length = first;
        if (first < 15)
            return length;
        byte part;
        do
        {
            if (position == page.Length)
                throw Damaged();
            part = page[position++];
            length += part;
        }
        while (part == 255);
        return length;
    }

    private static long LittleEndian(ReadOnlySpan<byte> page, ref int position, int bytes)
    {
        if (bytes > page.Length - position)
            throw Damaged();
        long value = 0;
        for (var i = 0; i < bytes; i++)
            value |= (long)page[position++] << (8 * i);
        return value;
    }

    private static void Literal(ReadOnlySpan<byte> page, ref int position, byte[] expanded, ref int written, long length)
    {
        if (length > page.Length - position || length > expanded.Length - written)
            throw Damaged();
        page.Slice(position, (int)length).CopyTo(expanded.AsSpan(written));
        position += (int)length;
        written += (int)length;
    }

    // A copy may reach into what it writes itself.
    private static void Copy(byte[] expanded, ref int written, long offset, long length)
    {
        if (offset == 0 || offset > written || length > expanded.Length - written)
            throw Damaged();
        for (var i = 0; i < length; i++, written++)
            expanded[written] = expanded[written - (int)offset];
    }

    private static ParquetException Damaged() => new("a page cannot be decompressed");
}
