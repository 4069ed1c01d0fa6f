using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FineTune.Build.RecipeFiles;

/// <summary>A file or folder that a recipe names, as the generator wrote it into the compiled assembly.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Key">model.base, data.train or data.test.</param>
/// <param name="Path">As named, relative to the project.</param>
/// <param name="Source">The source that names it, relative to the project.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal sealed record RecipeFileReference(string Recipe, string Key, string Path, string Source, int Line, int Column)
{
    private const string AttributeNamespace = "FineTune.Recipes";
    private const string AttributeName = "RecipeFileAttribute";

    /// <summary>Reads the attributes from metadata: the assembly is never loaded.</summary>
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    public static IReadOnlyList<RecipeFileReference> ReadAll(Stream assembly)
    {
        using var image = new PEReader(assembly);
        if (!image.HasMetadata)
            throw new BadImageFormatException("The file has no .NET metadata.");

        MetadataReader metadata = image.GetMetadataReader();
        var references = new List<RecipeFileReference>();
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (IsRecipeFile(metadata, attribute))
                references.Add(Read(metadata.GetBlobReader(attribute.Value)));
        }

        return references;
    }

    private static bool IsRecipeFile(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;

        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;

        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Name, AttributeName) && metadata.StringComparer.Equals(type.Namespace, AttributeNamespace);
    }

    /// <summary>The constructor's arguments: four strings and two numbers after a prolog of two bytes (ECMA-335 II.23.3).</summary>
    private static RecipeFileReference Read(BlobReader blob)
    {
        _ = blob.ReadUInt16();
        return new RecipeFileReference(Text(), Text(), Text(), Text(), blob.ReadInt32(), blob.ReadInt32());

        string Text() => blob.ReadSerializedString() ?? "";
    }
}
