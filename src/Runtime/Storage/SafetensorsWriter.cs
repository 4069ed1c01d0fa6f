using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Storage;

/// <summary>
/// Writes safetensors files byte for byte as <c>safetensors.torch.save_file</c> does: tensors by type (wide first), then
/// by name in byte order; compact JSON, padded with spaces to a multiple of 8.
/// </summary>
internal static class SafetensorsWriter
{
    /// <summary>What Hugging Face's loaders expect to find in the metadata.</summary>
    public static readonly IReadOnlyDictionary<string, string> PyTorchFormat = new Dictionary<string, string> { ["format"] = "pt" };

    /// <summary>Writes atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Contiguous tensors in main memory by name; the caller keeps them.</param>
    /// <param name="metadata">String metadata; null writes none.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var ordered = tensors
            .Select(pair => (Name: pair.Key, Tensor: pair.Value, Dtype: SafetensorsDtype.For(pair.Value.dtype), Utf8: Encoding.UTF8.GetBytes(pair.Key)))
            .OrderByDescending(entry => entry.Dtype.Rank)
            .ThenBy(entry => entry.Utf8, ByteOrder.Instance)
            .ToList();
        var header = Header(ordered.Select(entry => (entry.Name, entry.Dtype, entry.Tensor.shape, TensorMemory.ByteCount(entry.Tensor))), metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var entry in ordered)
                TensorMemory.Write(entry.Tensor, stream);
        });
    }

    private static byte[] Header(
        IEnumerable<(string Name, SafetensorsDtype Dtype, long[] Shape, long Bytes)> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        var json = new StringBuilder("{");
        if (metadata is not null)
        {
            json.Append("\"__metadata__\":{");
            json.AppendJoin(',', metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Quote(pair.Key)}:{Quote(pair.Value)}"));
            json.Append('}');
        }

        long offset = 0;
        foreach (var (name, dtype, shape, bytes) in entries)
        {
            if (json.Length > 1)
                json.Append(',');
            json.Append(CultureInfo.InvariantCulture, $"{Quote(name)}:{{\"dtype\":\"{dtype.Name}\",\"shape\":[{string.Join(',', shape)}],");
            json.Append(CultureInfo.InvariantCulture, $"\"data_offsets\":[{offset},{offset + bytes}]}}");
            offset += bytes;
        }

        json.Append('}');
        var utf8 = Encoding.UTF8.GetBytes(json.ToString());
        var padded = new byte[(utf8.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        utf8.CopyTo(padded, 0);
        return padded;
    }

    // serde_json escapes only what JSON demands; System.Text.Json's encoders escape more.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
