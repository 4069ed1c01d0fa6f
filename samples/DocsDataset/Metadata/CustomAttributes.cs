using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>The attributes in which the compiler keeps what C# has keywords for.</summary>
internal static class CustomAttributes
{
    /// <summary>Whether an attribute of this simple name is among them.</summary>
    public static bool Has(MetadataReader reader, CustomAttributeHandleCollection attributes, string name)
    {
        foreach (var handle in attributes)
        {
            var constructor = reader.GetCustomAttribute(handle).Constructor;
            var type = constructor.Kind == HandleKind.MemberReference
                ? reader.GetMemberReference((MemberReferenceHandle)constructor).Parent
                : reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
            var found = type.Kind switch
            {
                HandleKind.TypeReference => reader.GetTypeReference((TypeReferenceHandle)type).Name,
                HandleKind.TypeDefinition => reader.GetTypeDefinition((TypeDefinitionHandle)type).Name,
                _ => default,
            };
            if (!found.IsNil && reader.StringComparer.Equals(found, name))
                return true;
        }

        return false;
    }
}
