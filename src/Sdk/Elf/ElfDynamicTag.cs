namespace FineTune.Build.Elf;

/// <summary>The dynamic section's tags that this reader needs (gABI figure 5-10, GNU extensions).</summary>
internal enum ElfDynamicTag : ulong
{
    End = 0,
    ProcedureLinkageRelocationsSize = 2,
    StringTable = 5,
    SymbolTable = 6,
    AddendRelocations = 7,
    AddendRelocationsSize = 8,
    AddendRelocationSize = 9,
    Relocations = 17,
    RelocationsSize = 18,
    RelocationSize = 19,
    ProcedureLinkageRelocationKind = 20,
    ProcedureLinkageRelocations = 23,
    SymbolVersions = 0x6ffffff0,
    VersionRequirements = 0x6ffffffe,
    VersionRequirementsCount = 0x6fffffff,
}
