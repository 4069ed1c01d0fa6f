using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Reads what a reference assembly declares, without loading it.</summary>
internal static class ReferenceAssembly
{
    /// <summary>All visible types and members, each type before its members, in the assembly's order.</summary>
    public static IEnumerable<ApiMember> Members(MetadataReader reader, EnumConstants enums)
    {
        foreach (var handle in reader.TypeDefinitions)
        {
            if (!IsVisible(reader, handle))
                continue;
            var scope = new TypeScope(reader, handle);
            yield return scope.Member(
                'T', TypeDeclaration.KindOf(scope), "", scope.DisplayName,
                TypeDeclaration.Write(scope, Visibility.Of(scope.Definition.Attributes)!, enums));
            // A delegate's members are the compiler's.
            if (TypeDeclaration.KindOf(scope) == ApiKind.Delegate)
                continue;
            foreach (var member in MembersOf(scope, enums))
                yield return member;
        }
    }

    private static IEnumerable<ApiMember> MembersOf(TypeScope scope, EnumConstants enums)
    {
        var (reader, type) = (scope.Reader, scope.Definition);
        IEnumerable<ApiMember?> members =
        [
            .. type.GetFields().Select(field => FieldDeclaration.Read(scope, reader.GetFieldDefinition(field), enums)),
            .. type.GetProperties().Select(property => PropertyDeclaration.Read(scope, reader.GetPropertyDefinition(property), enums)),
            .. type.GetMethods().Select(method => MethodDeclaration.Read(scope, reader.GetMethodDefinition(method), enums)),
            .. type.GetEvents().Select(@event => PropertyDeclaration.ReadEvent(scope, reader.GetEventDefinition(@event))),
        ];
        return members.OfType<ApiMember>();
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        if (Visibility.Of(type.Attributes) is null || reader.GetString(type.Name).Contains('<', StringComparison.Ordinal))
            return false;
        return type.GetDeclaringType() is not { IsNil: false } outer || IsVisible(reader, outer);
    }
}
