namespace DocsDataset.Output;

/// <summary>
/// The types that stand for a processor's instruction set: their documentation is a C prototype and an instruction's
/// operands, some 5,000 times, and no prose.
/// </summary>
internal static class MachineInstructions
{
    private static readonly string[] Namespaces =
        ["System.Runtime.Intrinsics.Arm.", "System.Runtime.Intrinsics.Wasm.", "System.Runtime.Intrinsics.X86."];

    public static bool Are(string family) => Namespaces.Any(start => family.StartsWith(start, StringComparison.Ordinal));
}
