namespace FineTune.Build.Elf;

/// <summary>One version that a library asks of another one (a Vernaux entry of the GNU version section).</summary>
/// <param name="Library">The library asked, such as libstdc++.so.6.</param>
/// <param name="Version">The version's name, such as GLIBCXX_3.4.32.</param>
/// <param name="Index">The number by which the symbol version table refers to it.</param>
/// <param name="IsWeak">A weak requirement that the host lacks does not stop the loader.</param>
/// <param name="FlagsOffset">Where in the file the 16-bit flags lie.</param>
internal sealed record VersionRequirement(string Library, string Version, ushort Index, bool IsWeak, ulong FlagsOffset)
{
    /// <summary>VER_FLG_WEAK of elf.h.</summary>
    public const ushort WeakFlag = 2;

    /// <summary>Far above any real library (libLibTorchSharp.so has 28); overlapping entries could number billions.</summary>
    private const int MostRequirements = 10_000;

    /// <summary>All requirements of an image, in file order.</summary>
    public static IReadOnlyList<VersionRequirement> ReadAll(ElfImage image)
    {
        if (image.Dynamic(ElfDynamicTag.VersionRequirements) is not { } address)
            return [];

        ulong count = image.Dynamic(ElfDynamicTag.VersionRequirementsCount) ?? 0;
        var requirements = new List<VersionRequirement>();
        ElfBytes bytes = image.Bytes;
        ulong library = image.FileOffset(address);
        for (ulong i = 0; i < count; i++)
        {
            // Verneed: version, count of entries, name, distance to the entries, distance to the next library.
            ushort entries = bytes.UInt16(ElfBytes.Add(library, 2));
            string libraryName = image.DynamicName(bytes.UInt32(ElfBytes.Add(library, 4)));
            ReadEntries(image, libraryName, ElfBytes.Add(library, bytes.UInt32(ElfBytes.Add(library, 8))), entries, requirements);

            uint next = bytes.UInt32(ElfBytes.Add(library, 12));
            if (next == 0)
                break;

            library = ElfBytes.Add(library, next);
        }

        return requirements;
    }

    private static void ReadEntries(
        ElfImage image, string library, ulong entry, ushort count, List<VersionRequirement> requirements)
    {
        ElfBytes bytes = image.Bytes;
        for (int i = 0; i < count; i++)
        {
            if (requirements.Count == MostRequirements)
                throw new ElfFormatException($"it has more than {MostRequirements} version requirements");

            // Vernaux: hash, flags, index, name, distance to the next entry.
            ulong flagsOffset = ElfBytes.Add(entry, 4);
            bool isWeak = (bytes.UInt16(flagsOffset) & WeakFlag) != 0;
            ushort index = bytes.UInt16(ElfBytes.Add(entry, 6));
            string version = image.DynamicName(bytes.UInt32(ElfBytes.Add(entry, 8)));
            requirements.Add(new VersionRequirement(library, version, index, isWeak, flagsOffset));

            uint next = bytes.UInt32(ElfBytes.Add(entry, 12));
            if (next == 0)
                return;

            entry = ElfBytes.Add(entry, next);
        }
    }
}
