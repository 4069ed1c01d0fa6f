namespace DocsDataset.Output;

/// <summary>
/// Which families of types are held out. The hash of the name decides, so that a new SDK with new types moves no type
/// from one side to the other.
/// </summary>
internal static class TypeSplit
{
    private const uint TestPercent = 4;

    /// <summary>Whether the family's members are test rows.</summary>
    public static bool IsTest(string family) => StableHash.Of(family) % 100 < TestPercent;
}
