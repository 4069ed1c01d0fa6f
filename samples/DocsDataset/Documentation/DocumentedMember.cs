using DocsDataset.Metadata;

namespace DocsDataset.Documentation;

/// <summary>A member of a reference assembly with what its documentation says.</summary>
internal sealed record DocumentedMember(ApiMember Member, MemberDocumentation Documentation);
