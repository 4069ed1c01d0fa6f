using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Types as documentation ids spell them: full names, <c>{}</c> around arguments, <c>`0</c> and <c>``0</c> for parameters.</summary>
internal sealed class DocumentationIdTypes : TypeNameProvider
{
    public static DocumentationIdTypes Instance { get; } = new();

    public override string GetPrimitiveType(PrimitiveTypeCode typeCode) => "System." + typeCode;

    public override string GetArrayType(string elementType, ArrayShape shape) =>
        shape.Rank == 1 ? elementType + "[]" : $"{elementType}[{string.Join(',', Enumerable.Repeat("0:", shape.Rank))}]";

    public override string GetByReferenceType(string elementType) => elementType + "@";

    public override string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        GenericArity.Apply(genericType, typeArguments, (name, arguments) => $"{name}{{{string.Join(',', arguments)}}}");

    public override string GetGenericTypeParameter(GenericNames genericContext, int index) => "`" + index.ToString(CultureInfo.InvariantCulture);

    public override string GetGenericMethodParameter(GenericNames genericContext, int index) => "``" + index.ToString(CultureInfo.InvariantCulture);

    public override string GetFunctionPointerType(MethodSignature<string> signature) =>
        $"=FUNC:{signature.ReturnType}({string.Join(',', signature.ParameterTypes)})";

    public override string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    protected override string Qualify(string @namespace, string name) => @namespace.Length == 0 ? name : $"{@namespace}.{name}";
}
