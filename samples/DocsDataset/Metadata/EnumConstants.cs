using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;

namespace DocsDataset.Metadata;

/// <summary>The names of all enumeration values, so that a default value reads <c>StringSplitOptions.None</c> and not 0.</summary>
internal sealed class EnumConstants
{
    private readonly FrozenDictionary<(string Type, string Value), string> _names;

    public EnumConstants(IEnumerable<MetadataReader> assemblies)
    {
        var names = new Dictionary<(string, string), string>();
        foreach (var reader in assemblies)
        {
            foreach (var handle in reader.TypeDefinitions)
            {
                var scope = new TypeScope(reader, handle);
                foreach (var field in scope.Definition.GetFields().Select(reader.GetFieldDefinition))
                {
                    if (ConstantOf(reader, field, scope) is { } value)
                        names.TryAdd((scope.DisplayName, value), $"{scope.DisplayName}.{reader.GetString(field.Name)}");
                }
            }
        }

        _names = names.ToFrozenDictionary();
    }

    /// <summary>The name of a value, or <see langword="null"/> when the type is no known enumeration or has no such value.</summary>
    public string? Find(string type, object value) =>
        _names.GetValueOrDefault((type, Convert.ToString(value, CultureInfo.InvariantCulture)!));

    private static string? ConstantOf(MetadataReader reader, FieldDefinition field, TypeScope scope)
    {
        if ((field.Attributes & FieldAttributes.Literal) == 0 || !TypeDeclaration.IsEnum(scope))
            return null;
        var constant = reader.GetConstant(field.GetDefaultValue());
        return Convert.ToString(reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode), CultureInfo.InvariantCulture);
    }
}
