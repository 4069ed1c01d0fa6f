using System.Text;
using DocsDataset.Documentation;
using DocsDataset.Metadata;

namespace DocsDataset.Output;

/// <summary>
/// The pretraining text: a document a type, with its summary, remarks and members as a reference manual has them. Half of
/// the types have the declaration before the description, as in source code, the others after a heading and the
/// description, as on a reference page; a model learns from both how declarations and descriptions belong together.
/// </summary>
internal static class ProseDocuments
{
    /// <summary>The documents in the order of a hash, so that the first n are a fair sample.</summary>
    public static IEnumerable<(string Family, string Text)> Write(IReadOnlyList<DocumentedMember> members) =>
        members
            .Where(member => !MachineInstructions.Are(member.Member.Family))
            .GroupBy(member => member.Member.Family)
            .Select(family => (family.Key, Write(family.Key, [.. family])))
            .Where(document => document.Item2.Length > 0)
            .OrderBy(document => StableHash.Of(document.Key)).ThenBy(document => document.Key, StringComparer.Ordinal);

    private static string Write(string family, IReadOnlyList<DocumentedMember> members)
    {
        var text = new StringBuilder();
        var isSourceLike = StableHash.Of(family) % 2 == 0;
        // Overloads repeat each other's parameters and exceptions word for word: each sentence once a document.
        var said = new HashSet<string>();
        foreach (var (member, documentation) in members.Where(member => member.Documentation.Summary.Length > 0))
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append(isSourceLike
                ? $"{member.Signature}\n{documentation.Summary}\n"
                : $"{member.Name} {Noun(member.Kind)}\n{documentation.Summary}\n{member.Signature}\n");
            AppendSection(text, said, "Type parameters", documentation.TypeParameters);
            AppendSection(text, said, "Parameters", documentation.Parameters);
            AppendSection(text, said, member.Kind == ApiKind.Property ? "Value" : "Returns", [("", documentation.Returns)]);
            AppendSection(text, said, "Exceptions", documentation.Exceptions);
            AppendSection(text, said, "Remarks", [("", documentation.Remarks)]);
        }

        return text.ToString();
    }

    private static void AppendSection(StringBuilder text, HashSet<string> said, string heading, IEnumerable<(string Name, string Text)> entries)
    {
        var lines = entries
            .Where(entry => entry.Text.Length > 0)
            .Select(entry => entry.Name.Length == 0 ? entry.Text : $"{entry.Name}: {entry.Text}")
            .Where(said.Add)
            .ToList();
        if (lines.Count > 0)
            text.Append(heading).Append(":\n").AppendJoin('\n', lines).Append('\n');
    }

    private static string Noun(ApiKind kind) => kind switch
    {
        ApiKind.Class => "class",
        ApiKind.Struct => "struct",
        ApiKind.Interface => "interface",
        ApiKind.Enum => "enum",
        ApiKind.Delegate => "delegate",
        ApiKind.Constructor => "constructor",
        ApiKind.Method => "method",
        ApiKind.Operator => "operator",
        ApiKind.Property => "property",
        ApiKind.Field => "field",
        ApiKind.Event => "event",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
