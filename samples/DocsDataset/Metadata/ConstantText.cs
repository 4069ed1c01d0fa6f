using System.Globalization;
using System.Reflection.Metadata;
using System.Text.Json;

namespace DocsDataset.Metadata;

/// <summary>Constants as C# writes them.</summary>
internal static class ConstantText
{
    /// <param name="reader">The assembly.</param>
    /// <param name="handle">The constant.</param>
    /// <param name="type">Its C# type, which may be an enumeration.</param>
    /// <param name="enums">The known enumerations.</param>
    public static string Write(MetadataReader reader, ConstantHandle handle, string type, EnumConstants enums)
    {
        var constant = reader.GetConstant(handle);
        return reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode) switch
        {
            // null stands for the default of a value type, too; a type parameter may be either.
            null => type is "string" or "object" || type.EndsWith('?') || type.EndsWith(']') ? "null" : "default",
            bool value => value ? "true" : "false",
            string value => Quote(value, '"'),
            char value => Quote(value.ToString(), '\''),
            var value => enums.Find(type.TrimEnd('?'), value) ?? Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Quote(string value, char quote)
    {
        // JSON's escapes are C#'s.
        var escaped = JsonEncodedText.Encode(value).ToString();
        return $"{quote}{escaped}{quote}";
    }
}
