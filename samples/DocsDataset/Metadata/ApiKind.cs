namespace DocsDataset.Metadata;

/// <summary>What a documented thing is.</summary>
internal enum ApiKind
{
    Class,
    Struct,
    Interface,
    Enum,
    Delegate,
    Constructor,
    Method,
    Operator,
    Property,
    Field,
    Event,
}
