using System.Reflection;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Parameters as C# declares them: <c>this</c>, <c>params</c>, <c>ref</c>, <c>in</c>, <c>out</c>, default values.</summary>
internal static class ParameterList
{
    public static string Write(MetadataReader reader, MethodDefinition method, MethodSignature<string> signature, EnumConstants enums)
    {
        // A parameter of sequence number 0 is the return value; a reference assembly may leave unnamed ones out.
        var parameters = method.GetParameters().Select(reader.GetParameter).ToDictionary(parameter => (int)parameter.SequenceNumber);
        var isExtension = CustomAttributes.Has(reader, method.GetCustomAttributes(), "ExtensionAttribute");
        return string.Join(", ", signature.ParameterTypes.Select((type, index) =>
            (index == 0 && isExtension ? "this " : "")
            + (parameters.TryGetValue(index + 1, out var parameter) ? Write(reader, parameter, type, enums) : type)));
    }

    private static string Write(MetadataReader reader, Parameter parameter, string type, EnumConstants enums)
    {
        var written = $"{Modifier(reader, parameter, ref type)}{type} {reader.GetString(parameter.Name)}";
        return (parameter.Attributes & ParameterAttributes.HasDefault) == 0
            ? written
            : $"{written} = {ConstantText.Write(reader, parameter.GetDefaultValue(), type, enums)}";
    }

    private static string Modifier(MetadataReader reader, Parameter parameter, ref string type)
    {
        const string Reference = "ref ";
        bool Has(string attribute) => CustomAttributes.Has(reader, parameter.GetCustomAttributes(), attribute);

        if (type.StartsWith("ref readonly ", StringComparison.Ordinal))
            type = Reference + type["ref readonly ".Length..];
        if (!type.StartsWith(Reference, StringComparison.Ordinal))
            return Has("ParamArrayAttribute") || Has("ParamCollectionAttribute") ? "params " : "";
        var modifier = Has("RequiresLocationAttribute") ? "ref readonly "
            : Has("IsReadOnlyAttribute") ? "in "
            : (parameter.Attributes & (ParameterAttributes.Out | ParameterAttributes.In)) == ParameterAttributes.Out ? "out "
            : Reference;
        type = type[Reference.Length..];
        return modifier;
    }
}
