using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>What the two spellings of a type in a signature share: names of definitions and references, outermost first.</summary>
internal abstract class TypeNameProvider : ISignatureTypeProvider<string, GenericNames>
{
    public abstract string GetPrimitiveType(PrimitiveTypeCode typeCode);

    public abstract string GetArrayType(string elementType, ArrayShape shape);

    public abstract string GetByReferenceType(string elementType);

    public abstract string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments);

    public abstract string GetGenericTypeParameter(GenericNames genericContext, int index);

    public abstract string GetGenericMethodParameter(GenericNames genericContext, int index);

    public abstract string GetFunctionPointerType(MethodSignature<string> signature);

    public abstract string GetModifiedType(string modifier, string unmodifiedType, bool isRequired);

    public string GetSZArrayType(string elementType) => GetArrayType(elementType, new ArrayShape(1, [], []));

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{GetTypeFromDefinition(reader, outer, rawTypeKind)}.{name}"
            : Qualify(reader.GetString(type.Namespace), name);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind)}.{name}"
            : Qualify(reader.GetString(type.Namespace), name);
    }

    public string GetTypeFromSpecification(MetadataReader reader, GenericNames genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>The name of a type that a base type, an attribute or an event refers to.</summary>
    public string GetType(MetadataReader reader, EntityHandle handle, GenericNames names) => handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        _ => GetTypeFromSpecification(reader, names, (TypeSpecificationHandle)handle, 0),
    };

    /// <summary>The name of a type that is not nested.</summary>
    protected abstract string Qualify(string @namespace, string name);
}
