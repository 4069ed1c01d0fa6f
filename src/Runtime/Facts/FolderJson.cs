using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace FineTune.Facts;

/// <summary>
/// Parses the JSON of model folders, and rows that are typed. The parser of .NET looks at names and strings only once they are asked for, and then throws what
/// knows no place: here what is no text is refused at once, with its line.
/// </summary>
internal static class FolderJson
{
    private const int EscapeLength = 6;

    /// <summary>Parses a file's bytes, with or without a byte order mark.</summary>
    /// <exception cref="JsonException">They are not JSON, or hold a name or a string that is no text.</exception>
    public static JsonDocument Parse(byte[] utf8)
    {
        CheckText(utf8);
        return JsonDocument.Parse(utf8.AsMemory(utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
    }

    /// <summary>Parses a file into a tree that can be changed; of a key that is there twice the last counts, as for Python.</summary>
    /// <exception cref="JsonException">As <see cref="Parse"/>.</exception>
    public static JsonNode? ParseNode(byte[] utf8)
    {
        using var document = Parse(utf8);
        return Node(document.RootElement.Clone());
    }

    /// <summary>Refuses bytes that are no UTF-8 and escapes of half a surrogate pair, wherever they are.</summary>
    /// <exception cref="JsonException">There is one.</exception>
    public static void CheckText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw NoText(json, FirstInvalid(json), "The text is not valid UTF-8");
        var at = 0;
        while (json[at..].IndexOf((byte)'\\') is >= 0 and var next)
        {
            at += next;
            if (Escaped(json[at..]) is not { } unit)
                at = Math.Min(at + 2, json.Length);
            else if (!char.IsSurrogate(unit))
                at += EscapeLength;
            else if (char.IsHighSurrogate(unit) && Escaped(json[(at + EscapeLength)..]) is { } second && char.IsLowSurrogate(second))
                at += 2 * EscapeLength;
            else
                throw NoText(json, at, $"The escape {Encoding.ASCII.GetString(json.Slice(at, EscapeLength))} is half of a surrogate pair, which is no text");
        }
    }

    /// <summary>What is wrong, without the place and the full stop that the parser's message ends with.</summary>
    public static string Reason(JsonException exception) => exception.Message.Split(" LineNumber:")[0].TrimEnd('.');

    /// <summary>Where it is: file and line.</summary>
    public static string Place(string path, JsonException exception) => $"{path}:{(exception.LineNumber ?? 0) + 1}";

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var property in element.EnumerateObject())
                    map[property.Name] = Node(property.Value);
                return map;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            default:
                return JsonValue.Create(element);
        }
    }

    /// <summary>The code unit of an escape such as <c>\u0041</c>; <see langword="null"/> of any other text.</summary>
    private static char? Escaped(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json.StartsWith("\\u"u8) && Utf8Parser.TryParse(json[2..EscapeLength], out ushort unit, out var digits, 'x') && digits == 4
            ? (char)unit
            : null;

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private static JsonException NoText(ReadOnlySpan<byte> json, int at, string reason)
    {
        var before = json[..at];
        return new JsonException($"{reason}.", null, before.Count((byte)'\n'), at - (before.LastIndexOf((byte)'\n') + 1));
    }
}
