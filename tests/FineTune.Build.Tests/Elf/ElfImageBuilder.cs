using System.Buffers.Binary;
using System.Text;
using FineTune.Build.Elf;

namespace FineTune.Build.Tests.Elf;

/// <summary>
/// Builds a small shared library: one loaded segment, one needed library libx.so with two versions (index 2 and 3), a
/// symbol of each, and relocations that use the symbols asked for.
/// </summary>
internal sealed class ElfImageBuilder
{
    /// <summary>Addresses differ from file offsets, so that a reader which mixes them up is caught.</summary>
    private const ulong BaseAddress = 0x40000;

    private readonly List<byte> _file = [];

    public string[] UsedSymbols { get; init; } = ["old_symbol"];

    /// <summary>Puts the relocations into the procedure linkage table instead of the general one.</summary>
    public bool UsesProcedureLinkage { get; init; }

    public ushort NewVersionFlags { get; init; }

    public byte[] Build()
    {
        var names = new Dictionary<string, uint>();
        byte[] nameTable = NameTable(names, "libx.so", "X_1.0", "X_2.0", "old_symbol", "new_symbol");

        _file.AddRange(new byte[64 + (2 * 56)]);
        ulong strings = Append(nameTable);
        ulong symbols = Append(Symbols(names));
        ulong versions = Append(Words16(0, 2, 3));
        ulong needed = Append(Requirements(names));
        ulong relocations = Append(Relocations());
        ulong relocationsSize = (ulong)(UsedSymbols.Length * 24);
        byte[] dynamic = Dynamic(strings, symbols, versions, needed, relocations, relocationsSize);
        ulong dynamicAddress = Append(dynamic);

        byte[] file = [.. _file];
        WriteHeaders(file, dynamicAddress - BaseAddress, (ulong)dynamic.Length);
        return file;
    }

    private ulong Append(byte[] section)
    {
        while (_file.Count % 8 != 0)
            _file.Add(0);
        ulong address = BaseAddress + (ulong)_file.Count;
        _file.AddRange(section);
        return address;
    }

    private static byte[] NameTable(Dictionary<string, uint> offsets, params string[] names)
    {
        var table = new MemoryStream();
        table.WriteByte(0);
        foreach (string name in names)
        {
            offsets[name] = (uint)table.Length;
            table.Write(Encoding.UTF8.GetBytes(name + "\0"));
        }

        return table.ToArray();
    }

    private static byte[] Symbols(Dictionary<string, uint> names)
    {
        byte[] table = new byte[3 * 24];
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(24), names["old_symbol"]);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(48), names["new_symbol"]);
        return table;
    }

    private byte[] Requirements(Dictionary<string, uint> names)
    {
        byte[] section = new byte[48];
        WriteEntry(section, 0, [1, 2], [names["libx.so"], 16, 0]);
        WriteAux(section.AsSpan(16), flags: 0, index: 2, names["X_1.0"], next: 16);
        WriteAux(section.AsSpan(32), NewVersionFlags, index: 3, names["X_2.0"], next: 0);
        return section;
    }

    private static void WriteEntry(byte[] section, int offset, ushort[] halves, uint[] words)
    {
        Words16(halves).CopyTo(section, offset);
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(section.AsSpan(offset + (halves.Length * 2) + (i * 4)), words[i]);
    }

    private static void WriteAux(Span<byte> entry, ushort flags, ushort index, uint name, uint next)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], index);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], name);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], next);
    }

    private byte[] Relocations()
    {
        byte[] table = new byte[UsedSymbols.Length * 24];
        for (int i = 0; i < UsedSymbols.Length; i++)
        {
            ulong symbol = UsedSymbols[i] == "old_symbol" ? 1UL : 2UL;
            BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan((i * 24) + 8), (symbol << 32) | 6);
        }

        return table;
    }

    private byte[] Dynamic(ulong strings, ulong symbols, ulong versions, ulong needed, ulong relocations, ulong relocationsSize)
    {
        List<(ElfDynamicTag Tag, ulong Value)> entries =
        [
            (ElfDynamicTag.StringTable, strings), (ElfDynamicTag.SymbolTable, symbols), (ElfDynamicTag.SymbolVersions, versions),
            (ElfDynamicTag.VersionRequirements, needed), (ElfDynamicTag.VersionRequirementsCount, 1),
        ];
        entries.AddRange(UsesProcedureLinkage
            ?
            [
                (ElfDynamicTag.ProcedureLinkageRelocations, relocations),
                (ElfDynamicTag.ProcedureLinkageRelocationsSize, relocationsSize),
                (ElfDynamicTag.ProcedureLinkageRelocationKind, (ulong)ElfDynamicTag.AddendRelocations),
            ]
            :
            [
                (ElfDynamicTag.AddendRelocations, relocations),
                (ElfDynamicTag.AddendRelocationsSize, relocationsSize),
                (ElfDynamicTag.AddendRelocationSize, 24),
            ]);
        entries.Add((ElfDynamicTag.End, 0));

        byte[] section = new byte[entries.Count * 16];
        for (int i = 0; i < entries.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(section.AsSpan(i * 16), (ulong)entries[i].Tag);
            BinaryPrimitives.WriteUInt64LittleEndian(section.AsSpan((i * 16) + 8), entries[i].Value);
        }

        return section;
    }

    private static void WriteHeaders(byte[] file, ulong dynamicOffset, ulong dynamicSize)
    {
        byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        magic.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(32), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(54), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(56), 2);
        WriteSegment(file.AsSpan(64), type: 1, 0, BaseAddress, (ulong)file.Length);
        WriteSegment(file.AsSpan(120), type: 2, dynamicOffset, BaseAddress + dynamicOffset, dynamicSize);
    }

    private static void WriteSegment(Span<byte> header, uint type, ulong offset, ulong address, ulong size)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], size);
    }

    private static byte[] Words16(params ushort[] words)
    {
        byte[] bytes = new byte[words.Length * 2];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), words[i]);
        return bytes;
    }
}
