using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace FineTune.Data;

/// <summary>
/// A stable hash of a row's content: the same for every order of columns and every spelling of the JSON, on every machine and
/// in every version.
/// </summary>
internal static class RowContent
{
    /// <summary>Hashes a whole row, or the value of one of its columns.</summary>
    /// <param name="row">The row, a JSON object.</param>
    /// <param name="column">The column; <see langword="null"/> for the whole row.</param>
    /// <returns>The hash, uniform over all values; <see langword="null"/> if the row has no such column, or null in it.</returns>
    /// <exception cref="JsonException">The row is not JSON.</exception>
    public static ulong? Hash(ReadOnlyMemory<byte> row, string? column)
    {
        using var document = JsonDocument.Parse(row);
        var content = document.RootElement;
        if (column is not null && (content.ValueKind != JsonValueKind.Object || !content.TryGetProperty(column, out content) || content.ValueKind == JsonValueKind.Null))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, content);
        return BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset());
    }

    // A form of our own: how a JSON writer escapes may change with its version.
    private static void Append(IncrementalHash hash, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Append(hash, "{");
                foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    AppendText(hash, property.Name);
                    Append(hash, property.Value);
                }

                Append(hash, "}");
                break;
            case JsonValueKind.Array:
                Append(hash, "[");
                foreach (var item in value.EnumerateArray())
                    Append(hash, item);
                Append(hash, "]");
                break;
            case JsonValueKind.String:
                AppendText(hash, value.GetString()!);
                break;
            default:
                Append(hash, value.GetRawText() + ",");
                break;
        }
    }

    private static void AppendText(IncrementalHash hash, string text) => Append(hash, $"\"{text}\"{text.Length}");

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(System.Text.Encoding.UTF8.GetBytes(text));
}
