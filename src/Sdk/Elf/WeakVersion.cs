using System.Buffers.Binary;

namespace FineTune.Build.Elf;

/// <summary>
/// Marks a version requirement weak, so that the loader accepts a host without that version. Sound only where no
/// relocation uses a symbol of the version: then nothing is missing at run time.
/// </summary>
internal static class WeakVersion
{
    /// <summary>Changes <paramref name="file"/> in memory and says what was found.</summary>
    /// <exception cref="ElfFormatException">The file is not a well-formed ELF library.</exception>
    public static WeakVersionResult Apply(byte[] file, string library, string version)
    {
        var image = new ElfImage(file);
        VersionRequirement? requirement = VersionRequirement.ReadAll(image)
            .FirstOrDefault(r => r.Library == library && r.Version == version);
        if (requirement is null || requirement.IsWeak)
            return WeakVersionResult.NotNeeded;
        if (ElfRelocations.FirstUseOfVersion(image, requirement.Index) is { } symbol)
            return WeakVersionResult.UsedBy(symbol);

        Span<byte> flags = file.AsSpan((int)requirement.FlagsOffset, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(
            flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | VersionRequirement.WeakFlag));
        return WeakVersionResult.Marked;
    }
}
