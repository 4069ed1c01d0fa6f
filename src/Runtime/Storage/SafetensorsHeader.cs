using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FineTune.Storage;

/// <summary>
/// Reads and checks the header of a safetensors file (huggingface/safetensors, README). No number from the file is
/// trusted: lengths, shapes and offsets must agree with each other and with the size of the file.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The reference's limit on the header's size.</summary>
    private const long LongestHeader = 100_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static (IReadOnlyDictionary<string, SafetensorsEntry> Entries, IReadOnlyDictionary<string, string>? Metadata) Read(
        FileStream file, string path)
    {
        var size = file.Length;
        Span<byte> prefix = stackalloc byte[8];
        if (size < 8 || file.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw Broken(path, $"the file has {size} bytes, too few for a header");
        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
            throw Broken(path, $"its header claims {length} bytes, more than the {LongestHeader} that are allowed");
        if ((long)length > size - 8)
            throw Broken(path, $"its header claims {length} bytes, but only {size - 8} follow; the file is cut off");

        var rented = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var json = rented.AsSpan(0, (int)length);
            file.ReadExactly(json);
            return Parse(json, path, 8 + (long)length, size - 8 - (long)length);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Broken(path, $"its header is not valid: {exception.Message}", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static (IReadOnlyDictionary<string, SafetensorsEntry>, IReadOnlyDictionary<string, string>?) Parse(
        ReadOnlySpan<byte> json, string path, long dataStart, long dataLength)
    {
        StrictUtf8.GetCharCount(json);
        var entries = new Dictionary<string, SafetensorsEntry>();
        Dictionary<string, string>? metadata = null;
        var metadataSeen = false;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw Broken(path, "its header is not a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "__metadata__")
            {
                if (metadataSeen)
                    throw Broken(path, "its header has two '__metadata__' objects");
                metadataSeen = true;
                metadata = ReadMetadata(ref reader, path);
            }
            else
            {
                entries[name] = ReadEntry(ref reader, name, path, dataStart, dataLength);
            }
        }

        // Only white space may follow: reading on throws on anything else.
        while (reader.Read())
        {
        }

        CheckCoverage(entries.Values, path, dataStart, dataLength);
        return (entries, metadata);
    }

    private static Dictionary<string, string>? ReadMetadata(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Broken(path, "its '__metadata__' is not an object");
        var metadata = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Broken(path, $"metadata '{key}' is not a string");
            metadata[key] = reader.GetString()!;
        }

        return metadata;
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, string path, long dataStart, long dataLength)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Broken(path, $"tensor '{name}' is not described by an object");
        string? dtypeName = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString();
            reader.Read();
            switch (field)
            {
                case "dtype" when dtypeName is null && reader.TokenType == JsonTokenType.String:
                    dtypeName = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadSizes(ref reader, name, path);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadSizes(ref reader, name, path);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Broken(path, $"tensor '{name}' has a wrong or second '{field}'");
                default:
                    reader.Skip();
                    break;
            }
        }

        if (dtypeName is null || shape is null || offsets is not { Length: 2 })
            throw Broken(path, $"tensor '{name}' lacks its dtype, shape or two data offsets");
        var dtype = SafetensorsDtype.Find(dtypeName) ?? throw Broken(path, $"tensor '{name}' has the unknown type '{dtypeName}'");
        var (begin, end) = (offsets[0], offsets[1]);
        if (begin > end || end > dataLength)
        {
            throw Broken(path, $"tensor '{name}' claims bytes {begin} to {end} of {dataLength}"
                + (begin <= end ? "; the file is cut off" : ""));
        }

        if (ByteLength(shape, dtype) is not { } bytes)
            throw Broken(path, $"tensor '{name}' has a shape that no file can hold");
        if (bytes != end - begin)
            throw Broken(path, $"tensor '{name}' of type {dtype.Name} and shape [{string.Join(", ", shape)}] does not fill its {end - begin} bytes");
        return new SafetensorsEntry(name, dtype, shape, dataStart + begin, end - begin);
    }

    private static long[] ReadSizes(ref Utf8JsonReader reader, string name, string path)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Broken(path, $"tensor '{name}' has a shape or offsets that are no array");
        var sizes = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Sizes are digits only: 4.0 and 1e2 are none.
            if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                || !reader.TryGetInt64(out var size))
                throw Broken(path, $"tensor '{name}' has a size that is no non-negative integer");
            sizes.Add(size);
        }

        return [.. sizes];
    }

    private static long? ByteLength(long[] shape, SafetensorsDtype dtype)
    {
        UInt128 elements = 1;
        foreach (var size in shape)
        {
            elements *= (UInt128)size;
            if (elements > long.MaxValue)
                return null;
        }

        var bits = elements * (UInt128)dtype.Bits;
        return bits % 8 == 0 && bits / 8 <= long.MaxValue ? (long)(bits / 8) : null;
    }

    private static void CheckCoverage(IEnumerable<SafetensorsEntry> entries, string path, long dataStart, long dataLength)
    {
        var position = dataStart;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.Length))
        {
            if (entry.Begin != position)
                throw Broken(path, $"tensor '{entry.Name}' overlaps another or leaves a hole before it");
            position += entry.Length;
        }

        if (position != dataStart + dataLength)
            throw Broken(path, $"its tensors end at byte {position}, but the file has {dataStart + dataLength}");
    }

    private static FineTuneException Broken(string path, string what, Exception? inner = null) =>
        new("FT5101", $"This is not a valid safetensors file: {what}. Get the file again from where it came.", path, inner);
}
