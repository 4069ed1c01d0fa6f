namespace DocsDataset.Output;

/// <summary>A row of the fine-tuning data, with the family of types that decides its side.</summary>
internal sealed record ApiRow(string Family, string Signature, string Summary);
