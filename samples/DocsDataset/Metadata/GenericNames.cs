namespace DocsDataset.Metadata;

/// <summary>The names of the generic parameters in scope of a signature.</summary>
internal sealed record GenericNames(IReadOnlyList<string> Type, IReadOnlyList<string> Method)
{
    public static GenericNames None { get; } = new([], []);
}
