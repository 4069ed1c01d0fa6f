using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace FineTune.Prompts.Templates;

/// <summary>JSON as the values of templates, and back.</summary>
internal static class JsonValues
{
    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => new TemplateList(element.EnumerateArray().Select(Read)),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>What a value is, for messages.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    /// <summary>A value as JSON; what JSON has no form for becomes the text that a template prints.</summary>
    public static JsonElement Write(object? value)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value);
        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            case BigInteger big: writer.WriteRawValue(big.ToString(CultureInfo.InvariantCulture)); break;
            case double real when double.IsFinite(real): writer.WriteNumberValue(real); break;
            case TemplateList list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case TemplateDict dict:
                writer.WriteStartObject();
                foreach (var (key, item) in dict.Entries)
                {
                    writer.WritePropertyName(PythonText.String(key));
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            default: writer.WriteStringValue(PythonText.String(value)); break;
        }
    }

    private static TemplateDict ReadObject(JsonElement element)
    {
        var dict = new TemplateDict();
        foreach (var property in element.EnumerateObject())
            dict.Set(string.IsInterned(property.Name) ?? property.Name, Read(property.Value));
        return dict;
    }

    // Python's reader: whole numbers of any size, all others as doubles.
    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var number) && IsWhole(element))
            return number;
        var text = element.GetRawText();
        return IsWhole(element)
            ? BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static bool IsWhole(JsonElement element) => element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;
}
