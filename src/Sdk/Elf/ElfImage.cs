namespace FineTune.Build.Elf;

/// <summary>
/// What the loader sees of a shared library: the loaded segments and the dynamic section, found through the program
/// headers as the loader finds them (section headers may be stripped). Layout: System V ABI, gABI chapters 4 and 5.
/// </summary>
internal sealed class ElfImage
{
    private const uint SegmentLoad = 1;
    private const uint SegmentDynamic = 2;
    private const ulong ProgramHeaderSize = 56;
    private const ulong DynamicEntrySize = 16;

    private readonly List<(ulong Address, ulong Offset, ulong Size)> _segments = [];
    private readonly Dictionary<ElfDynamicTag, ulong> _dynamic = [];

    public ElfImage(byte[] file)
    {
        Bytes = new ElfBytes(file);
        // 0x7f 'E' 'L' 'F', class 64 (2), data little-endian (1).
        if (file.Length < 64 || Bytes.UInt32(0) != 0x464C457F)
            throw new ElfFormatException("it is not an ELF file");
        if (file[4] != 2 || file[5] != 1)
            throw new ElfFormatException("it is not a 64-bit little-endian ELF file");

        ReadProgramHeaders();
    }

    public ElfBytes Bytes { get; }

    /// <summary>The value of a dynamic entry, or null where the library has none.</summary>
    public ulong? Dynamic(ElfDynamicTag tag) => _dynamic.TryGetValue(tag, out ulong value) ? value : null;

    /// <summary>The place in the file of what the loader maps at <paramref name="address"/>.</summary>
    public ulong FileOffset(ulong address)
    {
        foreach (var (start, offset, size) in _segments)
        {
            if (address >= start && address - start < size)
                return ElfBytes.Add(offset, address - start);
        }

        throw new ElfFormatException($"no segment holds the address 0x{address:x}");
    }

    /// <summary>The name at <paramref name="index"/> of the dynamic string table.</summary>
    public string DynamicName(ulong index)
    {
        ulong table = Dynamic(ElfDynamicTag.StringTable) ?? throw new ElfFormatException("it has no dynamic string table");
        return Bytes.Name(FileOffset(ElfBytes.Add(table, index)));
    }

    private void ReadProgramHeaders()
    {
        ulong table = Bytes.UInt64(32);
        ushort entrySize = Bytes.UInt16(54);
        ushort count = Bytes.UInt16(56);
        if (count > 0 && entrySize < ProgramHeaderSize)
            throw new ElfFormatException($"its program headers have {entrySize} bytes instead of {ProgramHeaderSize}");

        (ulong Offset, ulong Size)? dynamicSegment = null;
        for (ulong i = 0; i < count; i++)
        {
            ulong header = ElfBytes.Add(table, i * entrySize);
            uint type = Bytes.UInt32(header);
            ulong offset = Bytes.UInt64(ElfBytes.Add(header, 8));
            ulong address = Bytes.UInt64(ElfBytes.Add(header, 16));
            ulong size = Bytes.UInt64(ElfBytes.Add(header, 32));
            if (type == SegmentLoad)
                _segments.Add((address, offset, size));
            else if (type == SegmentDynamic)
                dynamicSegment = (offset, size);
        }

        if (dynamicSegment is not { } dynamic)
            throw new ElfFormatException("it is not a shared library: no dynamic section");

        ReadDynamicSection(dynamic.Offset, dynamic.Size);
    }

    private void ReadDynamicSection(ulong offset, ulong size)
    {
        for (ulong position = 0; position + DynamicEntrySize <= size; position += DynamicEntrySize)
        {
            ulong entry = ElfBytes.Add(offset, position);
            var tag = (ElfDynamicTag)Bytes.UInt64(entry);
            if (tag == ElfDynamicTag.End)
                return;

            // Where a tag repeats (the names of needed libraries) none of ours does.
            _dynamic[tag] = Bytes.UInt64(ElfBytes.Add(entry, 8));
        }
    }
}
