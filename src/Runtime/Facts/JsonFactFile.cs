using System.Text.Json;

namespace FineTune.Facts;

/// <summary>Reads a JSON file of a model folder whole, but never more than a bound; what is wrong is told with file and line.</summary>
internal static class JsonFactFile
{
    /// <summary>Configurations have some kilobytes; with long chat templates, some hundred.</summary>
    private const long LargestConfiguration = 32L << 20;

    /// <summary>The largest vocabularies make some ten megabytes.</summary>
    private const long LargestTokenizer = 512L << 20;

    /// <summary>A configuration's object.</summary>
    /// <exception cref="FineTuneException">The file cannot be read or holds no JSON object.</exception>
    public static JsonElement ReadObject(string path, string code)
    {
        var bytes = ReadBytes(path, LargestConfiguration, code);
        try
        {
            using var document = FolderJson.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new FineTuneException(code, $"{Path.GetFileName(path)} holds no JSON object.", $"{path}:1");
        }
        catch (JsonException exception)
        {
            throw Broken(path, exception, code);
        }
    }

    /// <summary>A tokenizer's bytes.</summary>
    public static byte[] ReadTokenizer(string path, string code) => ReadBytes(path, LargestTokenizer, code);

    /// <summary>The mistake of text that is no JSON.</summary>
    public static FineTuneException Broken(string path, JsonException exception, string code) => new(
        code,
        $"{Path.GetFileName(path)} is not JSON: {FolderJson.Reason(exception)}. Get the file again from where it came.",
        FolderJson.Place(path, exception),
        exception);

    private static byte[] ReadBytes(string path, long largest, string code)
    {
        try
        {
            using var stream = new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete });
            if (stream.Length > largest)
                throw new FineTuneException(code, $"{Path.GetFileName(path)} has {stream.Length} bytes, more than the {largest} that such a file may have.", path);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException(code, $"{Path.GetFileName(path)} cannot be read: {exception.Message}", path, exception);
        }
    }
}
