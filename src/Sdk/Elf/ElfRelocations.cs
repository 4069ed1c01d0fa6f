namespace FineTune.Build.Elf;

/// <summary>The symbols that a library's relocations refer to: the ones that the loader must find.</summary>
internal static class ElfRelocations
{
    private const ulong AddendEntrySize = 24;
    private const ulong EntrySize = 16;
    private const ulong SymbolSize = 24;

    /// <summary>
    /// The first symbol of version <paramref name="versionIndex"/> that a relocation uses, or null where none does.
    /// </summary>
    public static string? FirstUseOfVersion(ElfImage image, ushort versionIndex)
    {
        foreach (var (address, size, entrySize) in Tables(image))
        {
            ulong start = size == 0 ? 0 : image.FileOffset(address);
            for (ulong position = 0; position + entrySize <= size; position += entrySize)
            {
                // Both forms begin with the place, then type (low half) and symbol (high half).
                ulong info = image.Bytes.UInt64(ElfBytes.Add(start, position + 8));
                ulong symbol = info >> 32;
                if (symbol != 0 && VersionOf(image, symbol) == versionIndex)
                    return SymbolName(image, symbol);
            }
        }

        return null;
    }

    /// <summary>DT_RELA, DT_REL and DT_JMPREL. DT_RELR holds relative relocations only, which name no symbol.</summary>
    private static IEnumerable<(ulong Address, ulong Size, ulong EntrySize)> Tables(ElfImage image)
    {
        if (image.Dynamic(ElfDynamicTag.AddendRelocations) is { } addend)
            yield return (addend, Required(image, ElfDynamicTag.AddendRelocationsSize), AddendEntrySize);
        if (image.Dynamic(ElfDynamicTag.Relocations) is { } plain)
            yield return (plain, Required(image, ElfDynamicTag.RelocationsSize), EntrySize);
        if (image.Dynamic(ElfDynamicTag.ProcedureLinkageRelocations) is { } linkage)
        {
            bool hasAddend = Required(image, ElfDynamicTag.ProcedureLinkageRelocationKind) == (ulong)ElfDynamicTag.AddendRelocations;
            yield return (
                linkage,
                Required(image, ElfDynamicTag.ProcedureLinkageRelocationsSize),
                hasAddend ? AddendEntrySize : EntrySize);
        }
    }

    private static ulong Required(ElfImage image, ElfDynamicTag tag) =>
        image.Dynamic(tag) ?? throw new ElfFormatException($"its dynamic section lacks the entry {tag}");

    private static int VersionOf(ElfImage image, ulong symbol)
    {
        const int hiddenBit = 0x8000;
        ulong table = Required(image, ElfDynamicTag.SymbolVersions);
        return image.Bytes.UInt16(image.FileOffset(ElfBytes.Add(table, symbol * 2))) & ~hiddenBit;
    }

    private static string SymbolName(ElfImage image, ulong symbol)
    {
        ulong table = Required(image, ElfDynamicTag.SymbolTable);
        return image.DynamicName(image.Bytes.UInt32(image.FileOffset(ElfBytes.Add(table, symbol * SymbolSize))));
    }
}
