namespace DocsDataset.Documentation;

/// <summary>What the documentation says of one member, as plain text.</summary>
/// <param name="Summary">The summary, one line.</param>
/// <param name="TypeParameters">Type parameters, in the file's order.</param>
/// <param name="Parameters">Parameters, in the file's order.</param>
/// <param name="Returns">What it returns, or a property's value; empty if nothing is said.</param>
/// <param name="Exceptions">Exceptions and when they are thrown.</param>
/// <param name="Remarks">The remarks; empty in most members, for the packs leave them out.</param>
internal sealed record MemberDocumentation(
    string Summary,
    IReadOnlyList<(string Name, string Text)> TypeParameters,
    IReadOnlyList<(string Name, string Text)> Parameters,
    string Returns,
    IReadOnlyList<(string Name, string Text)> Exceptions,
    string Remarks);
