using System.Reflection;
using DocsDataset.Documentation;
using DocsDataset.Output;
using FineTune.Samples.Tests;

[assembly: AssemblyFixture(typeof(ReferencePackFixture))]

namespace FineTune.Samples.Tests;

/// <summary>The reference packs of the SDK that built the tests, read once.</summary>
public sealed class ReferencePackFixture
{
    private readonly Lazy<IReadOnlyList<DocumentedMember>> _members;
    private readonly Lazy<ApiRows> _rows;
    private readonly Lazy<IReadOnlyList<(string Family, string Text)>> _documents;

    public ReferencePackFixture()
    {
        _members = new(() => ReferencePacks.Read(Folders));
        _rows = new(() => new ApiRows(Members));
        _documents = new(() => [.. ProseDocuments.Write(Members)]);
    }

    internal static IReadOnlyList<string> Folders { get; } =
        [Folder("Microsoft.NETCore.App.Ref"), Folder("Microsoft.AspNetCore.App.Ref")];

    internal IReadOnlyList<DocumentedMember> Members => _members.Value;

    internal ApiRows Rows => _rows.Value;

    internal IReadOnlyList<(string Family, string Text)> Documents => _documents.Value;

    internal DocumentedMember this[string id] => Members.Single(member => member.Member.DocumentationId == id);

    /// <summary>The folder that holds the SDK's reference packs.</summary>
    internal static string PackRoot => Metadata("ReferencePackRoot");

    /// <summary>The configuration in which the tests and the program were built.</summary>
    internal static string Configuration => Metadata("Configuration");

    private static string Folder(string pack) => Path.Combine(PackRoot, pack, Metadata("ReferencePackVersion"), "ref", "net10.0");

    private static string Metadata(string key) => typeof(ReferencePackFixture).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
