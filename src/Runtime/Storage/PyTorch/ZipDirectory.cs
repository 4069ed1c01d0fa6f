using System.Buffers.Binary;
using System.Text;

namespace FineTune.Storage.PyTorch;

/// <summary>
/// The table of contents of a zip archive whose entries are stored as they are, so that each is a part of the file. Reads ZIP64.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint End64Signature = 0x06064b50;
    private const uint Locator64Signature = 0x07064b50;
    private const uint EntrySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int LongestDirectory = 1 << 28;

    /// <summary>The entries by name: where their content begins, and its length.</summary>
    /// <exception cref="FineTuneException">FT5220: the archive is broken, or has compressed entries.</exception>
    public static IReadOnlyDictionary<string, (long Begin, long Length)> Read(FileStream file)
    {
        var (position, size, count) = FindDirectory(file);
        if (size > LongestDirectory || position < 0 || position + size > file.Length)
            throw Broken(file);
        var directory = At(file, position, (int)size);
        var entries = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        var at = 0;
        for (long i = 0; i < count; i++)
            at = ReadEntry(file, directory, at, entries);
        return entries;
    }

    private static int ReadEntry(FileStream file, byte[] directory, int at, Dictionary<string, (long, long)> entries)
    {
        if (at + 46 > directory.Length || UInt32(directory, at) != EntrySignature)
            throw Broken(file);
        var (method, name, extra, comment) = (UInt16(directory, at + 10), UInt16(directory, at + 28), UInt16(directory, at + 30), UInt16(directory, at + 32));
        var next = at + 46 + name + extra + comment;
        if (next > directory.Length)
            throw Broken(file);
        long packed = UInt32(directory, at + 20), length = UInt32(directory, at + 24), offset = UInt32(directory, at + 42);
        ReadZip64(file, directory.AsSpan(at + 46 + name, extra), ref length, ref packed, ref offset);
        if (method != 0 || packed != length)
            throw PyTorchErrors.Broken(file.Name, "an entry is compressed, which PyTorch never does.");
        if (length < 0 || offset < 0 || offset > file.Length - 30)
            throw Broken(file);
        var local = At(file, offset, 30);
        if (UInt32(local, 0) != LocalSignature)
            throw Broken(file);
        var begin = offset + 30 + UInt16(local, 26) + UInt16(local, 28);
        if (begin > file.Length || length > file.Length - begin)
            throw Broken(file);
        if (!entries.TryAdd(Encoding.UTF8.GetString(directory, at + 46, name), (begin, length)))
            throw PyTorchErrors.Broken(file.Name, "two entries have the same name.");
        return next;
    }

    // Numbers that do not fit 32 bits stand in an extra field, in this order, those that fit left out.
    private static void ReadZip64(FileStream file, ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var (id, size) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (size > extra.Length - 4)
                throw Broken(file);
            var field = extra.Slice(4, size);
            extra = extra[(4 + size)..];
            if (id != 1)
                continue;
            Take(file, ref field, ref length);
            Take(file, ref field, ref packed);
            Take(file, ref field, ref offset);
        }
    }

    private static void Take(FileStream file, ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue)
            return;
        if (field.Length < 8)
            throw Broken(file);
        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
    }

    private static (long Position, long Size, long Count) FindDirectory(FileStream file)
    {
        var length = (int)Math.Min(file.Length, 22 + ushort.MaxValue);
        var tail = At(file, file.Length - length, length);
        for (var i = length - 22; i >= 0; i--)
        {
            if (UInt32(tail, i) != EndSignature)
                continue;
            var (count, size, position) = ((long)UInt16(tail, i + 10), (long)UInt32(tail, i + 12), (long)UInt32(tail, i + 16));
            if (i >= 20 && UInt32(tail, i - 20) == Locator64Signature && (count == ushort.MaxValue || size == uint.MaxValue || position == uint.MaxValue))
            {
                var end = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(i - 20 + 8));
                if (end < 0 || end > file.Length - 56)
                    throw Broken(file);
                var record = At(file, end, 56);
                if (UInt32(record, 0) != End64Signature)
                    throw Broken(file);
                (count, size, position) = (Int64(record, 32), Int64(record, 40), Int64(record, 48));
            }

            return size < 0 || position < 0 || position > file.Length ? throw Broken(file) : (position, size, count);
        }

        throw Broken(file);
    }

    private static byte[] At(FileStream file, long position, int length)
    {
        var bytes = new byte[length];
        file.Position = position;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static ushort UInt16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint UInt32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static long Int64(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private static FineTuneException Broken(FileStream file) => PyTorchErrors.Broken(file.Name, "its table of contents is cut off or damaged.");
}
