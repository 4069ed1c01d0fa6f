using System.Collections.Frozen;
using DocsDataset.Metadata;

namespace DocsDataset.Documentation;

/// <summary>How a reference (<c>cref</c>) reads in a sentence: <c>String</c>, <c>String.Join</c>, <c>List&lt;T&gt;</c>.</summary>
internal sealed class ReferenceNames(IEnumerable<ApiMember> members)
{
    private readonly FrozenDictionary<string, string> _known = members
        .DistinctBy(member => member.DocumentationId)
        // A constructor is called by its type's name.
        .ToFrozenDictionary(
            member => member.DocumentationId,
            member => member.Kind == ApiKind.Constructor ? member.Name[..member.Name.LastIndexOf('.')] : member.Name);

    /// <summary>The name for a reference; one that nothing declares is shortened to its last parts.</summary>
    public string Of(string reference)
    {
        if (_known.TryGetValue(reference, out var name))
            return name;
        var isType = reference.StartsWith("T:", StringComparison.Ordinal);
        var path = reference.Length > 1 && reference[1] == ':' ? reference[2..] : reference;
        var parameters = path.IndexOf('(', StringComparison.Ordinal);
        if (parameters >= 0)
            path = path[..parameters];
        if (_known.TryGetValue("T:" + path, out name))
            return name;
        var parts = path.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(WithoutArity).ToArray();
        return string.Join('.', parts.Skip(parts.Length - (isType ? 1 : 2))).Replace('#', '.');
    }

    private static string WithoutArity(string part)
    {
        var tick = part.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? part : part[..tick];
    }
}
