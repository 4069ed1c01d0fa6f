namespace FineTune.Storage;

/// <summary>The element types of safetensors files, by the names the format uses.</summary>
internal sealed partial record SafetensorsDtype(string Name, int Bits, int Rank)
{
    // Rank is the order of the reference's enumeration: files are written by rank descending, so that wide types are aligned.
    private static readonly SafetensorsDtype[] All =
    [
        new("BOOL", 8, 0),
        new("F4", 4, 1),
        new("F6_E2M3", 6, 2),
        new("F6_E3M2", 6, 3),
        new("U8", 8, 4),
        new("I8", 8, 5),
        new("F8_E5M2", 8, 6),
        new("F8_E4M3", 8, 7),
        new("F8_E8M0", 8, 8),
        new("F8_E4M3FNUZ", 8, 9),
        new("F8_E5M2FNUZ", 8, 10),
        new("I16", 16, 11),
        new("U16", 16, 12),
        new("F16", 16, 13),
        new("BF16", 16, 14),
        new("I32", 32, 15),
        new("U32", 32, 16),
        new("F32", 32, 17),
        new("C64", 64, 18),
        new("F64", 64, 19),
        new("I64", 64, 20),
        new("U64", 64, 21),
    ];

    private static readonly Dictionary<string, SafetensorsDtype> ByName = All.ToDictionary(dtype => dtype.Name);

    public static SafetensorsDtype? Find(string name) => ByName.GetValueOrDefault(name);
}
