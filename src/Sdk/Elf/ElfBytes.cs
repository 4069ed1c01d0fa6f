using System.Buffers.Binary;
using System.Text;

namespace FineTune.Build.Elf;

/// <summary>
/// Reads little-endian numbers and names from a file whose every offset may be wrong: whatever lies outside is an
/// <see cref="ElfFormatException"/>, never an index fault and never a read of something else.
/// </summary>
internal readonly struct ElfBytes(byte[] bytes)
{
    private const int LongestName = 4096;

    public ulong Length => (ulong)bytes.LongLength;

    public ushort UInt16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2));

    public uint UInt32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4));

    public ulong UInt64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, 8));

    /// <summary>The zero-terminated name at <paramref name="offset"/>.</summary>
    public string Name(ulong offset)
    {
        Slice(offset, 1);
        ReadOnlySpan<byte> rest = bytes.AsSpan((int)offset, (int)Math.Min(Length - offset, LongestName));
        int end = rest.IndexOf((byte)0);
        return end >= 0
            ? Encoding.UTF8.GetString(rest[..end])
            : throw new ElfFormatException($"the name at 0x{offset:x} does not end");
    }

    /// <summary>Sum of an offset and a distance from the file; overflow counts as outside.</summary>
    public static ulong Add(ulong offset, ulong distance)
    {
        ulong sum = unchecked(offset + distance);
        return sum >= offset ? sum : throw new ElfFormatException($"the offset 0x{offset:x} + 0x{distance:x} overflows");
    }

    private ReadOnlySpan<byte> Slice(ulong offset, int length) =>
        offset <= Length && Length - offset >= (ulong)length
            ? bytes.AsSpan((int)offset, length)
            : throw new ElfFormatException($"the offset 0x{offset:x} lies outside the file of {Length} bytes");
}
