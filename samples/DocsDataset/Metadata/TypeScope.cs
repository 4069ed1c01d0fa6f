using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>A type whose members are being read, with the spellings of its name.</summary>
internal sealed class TypeScope
{
    public TypeScope(MetadataReader reader, TypeDefinitionHandle handle)
    {
        Reader = reader;
        Definition = reader.GetTypeDefinition(handle);
        Names = new GenericNames(GenericParameters.Names(reader, Definition.GetGenericParameters()), []);
        FullName = DocumentationIdTypes.Instance.GetTypeFromDefinition(reader, handle, 0);
        var outermost = handle;
        while (reader.GetTypeDefinition(outermost).GetDeclaringType() is { IsNil: false } outer)
            outermost = outer;
        Namespace = reader.GetString(reader.GetTypeDefinition(outermost).Namespace);
        DisplayName = NameWith(Names.Type);
        Family = GenericArity.Remove(DocumentationIdTypes.Instance.GetTypeFromDefinition(reader, outermost, 0));
    }

    public MetadataReader Reader { get; }

    public TypeDefinition Definition { get; }

    public GenericNames Names { get; }

    /// <summary>The name in documentation ids, such as <c>System.Collections.Generic.List`1.Enumerator</c>.</summary>
    public string FullName { get; }

    /// <summary>The name in C#, such as <c>List&lt;T&gt;.Enumerator</c>.</summary>
    public string DisplayName { get; }

    /// <summary>The name without type parameters, which constructors have.</summary>
    public string SimpleName => GenericArity.Remove(Reader.GetString(Definition.Name));

    public string Namespace { get; }

    public string Family { get; }

    public bool IsInterface => (Definition.Attributes & System.Reflection.TypeAttributes.Interface) != 0;

    /// <summary>The name in C#, with these type parameters.</summary>
    public string NameWith(IReadOnlyList<string> typeParameters) => GenericArity.Apply(
        Namespace.Length == 0 ? FullName : FullName[(Namespace.Length + 1)..], typeParameters, (name, own) => $"{name}<{string.Join(", ", own)}>");

    public ApiMember Member(char prefix, ApiKind kind, string id, string name, string signature) =>
        new($"{prefix}:{FullName}{id}", kind, Namespace, Family, name, signature);
}
