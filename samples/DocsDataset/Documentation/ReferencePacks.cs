using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using DocsDataset.Metadata;

namespace DocsDataset.Documentation;

/// <summary>Joins the assemblies and the documentation files of reference packs.</summary>
internal static class ReferencePacks
{
    /// <summary>All visible members that have documentation, in a stable order: assemblies by name, each in its own order.</summary>
    /// <param name="folders">The packs' <c>ref/net10.0</c> folders. A file that several have is read from the first.</param>
    /// <exception cref="DatasetException">A folder has no documented assemblies, or a documentation file is malformed.</exception>
    public static IReadOnlyList<DocumentedMember> Read(IReadOnlyList<string> folders)
    {
        var members = ReadAssemblies(Files(folders, "*.dll"));
        var reader = new MemberDocumentationReader(new ReferenceNames(members));
        var documentation = new Dictionary<string, MemberDocumentation>();
        foreach (var (id, element) in Files(folders, "*.xml").SelectMany(DocumentationFile.Read))
            documentation.TryAdd(id, reader.Read(element));
        return
        [
            .. members
                .Where(member => documentation.ContainsKey(member.DocumentationId))
                .Select(member => new DocumentedMember(member, documentation[member.DocumentationId])),
        ];
    }

    private static List<ApiMember> ReadAssemblies(IReadOnlyList<string> files)
    {
        var assemblies = files.Select(file => new PEReader(File.OpenRead(file))).ToList();
        try
        {
            var readers = assemblies.Where(assembly => assembly.HasMetadata).Select(assembly => assembly.GetMetadataReader()).ToList();
            var enums = new EnumConstants(readers);
            return [.. readers.SelectMany(reader => ReferenceAssembly.Members(reader, enums)).DistinctBy(member => member.DocumentationId)];
        }
        finally
        {
            assemblies.ForEach(assembly => assembly.Dispose());
        }
    }

    private static List<string> Files(IReadOnlyList<string> folders, string pattern)
    {
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder) || Directory.GetFiles(folder, pattern).Length == 0)
            {
                throw new DatasetException(
                    folder, "DOCS0002", $"There are no {pattern} files here. This folder must be the ref/net10.0 folder of a reference pack of the .NET SDK.");
            }
        }

        return
        [
            .. folders.SelectMany(folder => Directory.GetFiles(folder, pattern))
                .DistinctBy(Path.GetFileName)
                .OrderBy(Path.GetFileName, StringComparer.Ordinal),
        ];
    }
}
