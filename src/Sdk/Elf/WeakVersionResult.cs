namespace FineTune.Build.Elf;

/// <summary>What <see cref="WeakVersion"/> did.</summary>
/// <param name="Changed">The file in memory differs from the one read.</param>
/// <param name="UsedSymbol">The symbol that forbids the change, or null.</param>
internal sealed record WeakVersionResult(bool Changed, string? UsedSymbol)
{
    /// <summary>The library does not ask for the version, or asks weakly.</summary>
    public static WeakVersionResult NotNeeded { get; } = new(false, null);

    /// <summary>The requirement is weak now.</summary>
    public static WeakVersionResult Marked { get; } = new(true, null);

    /// <summary>A relocation needs a symbol of the version; nothing was changed.</summary>
    public static WeakVersionResult UsedBy(string symbol) => new(false, symbol);
}
