using System.Reflection;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>Generic parameters of types and methods.</summary>
internal static class GenericParameters
{
    public static IReadOnlyList<string> Names(MetadataReader reader, GenericParameterHandleCollection handles) =>
        [.. handles.Select(handle => reader.GetString(reader.GetGenericParameter(handle).Name))];

    /// <summary>The names with <c>in</c> and <c>out</c>, as a declaration has them.</summary>
    public static IReadOnlyList<string> Declarations(MetadataReader reader, GenericParameterHandleCollection handles) =>
        [.. handles.Select(handle => Declaration(reader, reader.GetGenericParameter(handle)))];

    private static string Declaration(MetadataReader reader, GenericParameter parameter)
    {
        var name = reader.GetString(parameter.Name);
        return (parameter.Attributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out " + name,
            GenericParameterAttributes.Contravariant => "in " + name,
            _ => name,
        };
    }
}
