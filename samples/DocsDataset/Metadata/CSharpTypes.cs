using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Types as IntelliSense shows them: C# keywords, no namespaces, <c>int?</c>, <c>(int, string)</c>, <c>List&lt;T&gt;</c>.</summary>
internal sealed class CSharpTypes : TypeNameProvider
{
    /// <summary>How the return type of an <c>init</c> accessor is spelt, so that it can be told from <c>set</c>.</summary>
    public const string Init = "init";

    public static CSharpTypes Instance { get; } = new();

    public override string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Boolean => "bool",
        PrimitiveTypeCode.Byte => "byte",
        PrimitiveTypeCode.SByte => "sbyte",
        PrimitiveTypeCode.Char => "char",
        PrimitiveTypeCode.Int16 => "short",
        PrimitiveTypeCode.UInt16 => "ushort",
        PrimitiveTypeCode.Int32 => "int",
        PrimitiveTypeCode.UInt32 => "uint",
        PrimitiveTypeCode.Int64 => "long",
        PrimitiveTypeCode.UInt64 => "ulong",
        PrimitiveTypeCode.Single => "float",
        PrimitiveTypeCode.Double => "double",
        PrimitiveTypeCode.IntPtr => "nint",
        PrimitiveTypeCode.UIntPtr => "nuint",
        PrimitiveTypeCode.String => "string",
        PrimitiveTypeCode.Object => "object",
        PrimitiveTypeCode.Void => "void",
        _ => typeCode.ToString(),
    };

    public override string GetArrayType(string elementType, ArrayShape shape)
    {
        // C# writes the outer array's brackets first: an array of two-dimensional arrays is int[][,].
        var brackets = elementType.Length;
        while (elementType[brackets - 1] == ']')
            brackets = elementType.LastIndexOf('[', brackets - 1);
        return $"{elementType[..brackets]}[{new string(',', shape.Rank - 1)}]{elementType[brackets..]}";
    }

    public override string GetByReferenceType(string elementType) => "ref " + elementType;

    public override string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType switch
    {
        "Nullable`1" => typeArguments[0] + "?",
        _ when genericType.StartsWith("ValueTuple`", StringComparison.Ordinal) && typeArguments.Length is > 1 and < 8 =>
            $"({string.Join(", ", typeArguments)})",
        _ => GenericArity.Apply(genericType, typeArguments, (name, arguments) => $"{name}<{string.Join(", ", arguments)}>"),
    };

    public override string GetGenericTypeParameter(GenericNames genericContext, int index) => genericContext.Type[index];

    public override string GetGenericMethodParameter(GenericNames genericContext, int index) => genericContext.Method[index];

    public override string GetFunctionPointerType(MethodSignature<string> signature) =>
        $"delegate*<{string.Join(", ", signature.ParameterTypes.Append(signature.ReturnType))}>";

    public override string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => (modifier, unmodifiedType) switch
    {
        ("InAttribute", _) when unmodifiedType.StartsWith("ref ", StringComparison.Ordinal) => "ref readonly " + unmodifiedType["ref ".Length..],
        ("IsExternalInit", "void") => Init,
        _ => unmodifiedType,
    };

    protected override string Qualify(string @namespace, string name) => (@namespace, name) is ("System", "Decimal") ? "decimal" : name;
}
