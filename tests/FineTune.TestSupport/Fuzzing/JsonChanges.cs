using System.Text;
using System.Text.Json;

namespace FineTune.TestSupport.Fuzzing;

/// <summary>
/// Changes of JSON that leave it JSON, so that they reach what is behind the parser: values of other types, keys that are there twice or
/// not at all, names that are no text, numbers and texts without measure, deep nesting.
/// </summary>
public static class JsonChanges
{
    private const int Deep = 10_000;
    private const int Long = 100_000;

    private static readonly Func<string>[] Values =
    [
        () => "null", () => "true", () => "false", () => "0", () => "-0", () => "-1", () => "1.5", () => "1e2", () => "1e999", () => "-1e-999",
        () => "2147483648", () => "9223372036854775807", () => "99999999999999999999", () => new string('1', Long),
        () => "\"\"", () => "\"x\"", () => "\"\\ud800\"", () => "\"\\udc00\\ud83d\"", () => "\"\\u0000\"", () => "\"/etc/../..\"", () => $"\"{new string('a', Long)}\"",
        () => "[]", () => "[[]]", () => "[null,1,\"\",{}]", () => "{}", () => "{\"\":{}}", () => "{\"x\\ud83d\":1}",
        () => new string('[', Deep) + new string(']', Deep), () => string.Concat(Enumerable.Repeat("{\"a\":", Deep)) + "1" + new string('}', Deep),
    ];

    /// <summary>Makes one or two changes.</summary>
    public static string Apply(string seed, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        using var document = JsonDocument.Parse(seed);
        var count = Count(document.RootElement);
        var places = Enumerable.Range(0, 1 + random.Next(2)).Select(_ => random.Next(count)).ToHashSet();
        var text = new StringBuilder();
        var place = 0;
        Write(text, document.RootElement, places, ref place, random);
        return text.ToString();
    }

    // A value of the same type: it gets further than others do.
    private static string Near(JsonElement element, Random random) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt32(out var number) => random.Next(5) switch
        {
            0 => $"{number + 1L}",
            1 => $"{number - 1L}",
            2 => $"{number * 2L}",
            3 => $"{number}.0",
            _ => $"{random.Next(100)}",
        },
        JsonValueKind.String => random.Next(4) switch
        {
            0 => JsonSerializer.Serialize($"{element.GetString()}{element.GetString()}"),
            1 => JsonSerializer.Serialize($"({element.GetString()}"),
            2 => JsonSerializer.Serialize($"{element.GetString()}/é😀"),
            _ => "\"a\"",
        },
        JsonValueKind.Array when element.GetArrayLength() > 0 => random.Next(3) switch
        {
            0 => $"[{string.Join(',', element.EnumerateArray().Skip(1).Select(item => item.GetRawText()))}]",
            1 => $"[{string.Join(',', element.EnumerateArray().Concat(element.EnumerateArray()).Select(item => item.GetRawText()))}]",
            _ => $"[{string.Join(',', element.EnumerateArray().Reverse().Select(item => item.GetRawText()))}]",
        },
        JsonValueKind.True => "false",
        JsonValueKind.False => "true",
        _ => element.GetRawText(),
    };

    private static int Count(JsonElement element) => 1 + element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(property => Count(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Count),
        _ => 0,
    };

    private static void Write(StringBuilder text, JsonElement element, HashSet<int> places, ref int place, Random random)
    {
        if (places.Contains(place++))
        {
            text.Append(random.Next(3) == 0 ? Near(element, random) : Values[random.Next(Values.Length)]());
            // The places within are gone with the value.
            place += Count(element) - 1;
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in element.EnumerateObject())
                    WriteProperty(text, property, places, ref place, random);
                EndList(text, '}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Write(text, item, places, ref place, random);
                    text.Append(',');
                }

                EndList(text, ']');
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void WriteProperty(StringBuilder text, JsonProperty property, HashSet<int> places, ref int place, Random random)
    {
        var name = JsonSerializer.Serialize(property.Name);
        if (!places.Contains(place))
        {
            text.Append(name).Append(':');
            Write(text, property.Value, places, ref place, random);
            text.Append(',');
            return;
        }

        switch (random.Next(5))
        {
            case 0:
                // Absent.
                place += Count(property.Value);
                return;
            case 1:
                // There twice.
                text.Append(name).Append(':').Append(property.Value.GetRawText()).Append(',').Append(name).Append(':');
                break;
            case 2:
                text.Append(name.AsSpan(0, name.Length - 1)).Append("\\ud83d\":");
                places.Remove(place);
                break;
            default:
                text.Append(name).Append(':');
                break;
        }

        Write(text, property.Value, places, ref place, random);
        text.Append(',');
    }

    private static void EndList(StringBuilder text, char end)
    {
        if (text[^1] == ',')
            text.Length--;
        text.Append(end);
    }
}
