using System.Text.Json;

namespace FineTune.Data;

/// <summary>Explains text that is no row.</summary>
internal static class RowText
{
    /// <summary>What an exception of the JSON reader means for the one who wrote the row; <see langword="null"/> if it is another exception.</summary>
    public static string? Explain(Exception exception, ReadOnlySpan<byte> utf8)
    {
        switch (exception)
        {
            case JsonException json:
                // The reader counts lines within this one line, and appends that to its message: only the byte is of use.
                var reason = json.Message.Split(" LineNumber:")[0];
                var column = json.BytePositionInLine is { } position ? $" at byte {position + 1}" : "";
                return $"The line is not one JSON object: {reason.TrimEnd('.')}{column}. Each row is an object on a line of its own.";
            case InvalidOperationException { InnerException: System.Text.DecoderFallbackException }:
                return "The line is not valid UTF-8 text. Save the file as UTF-8.";
            case InvalidOperationException when IsLoneSurrogate(utf8):
                return "A string holds half of a surrogate pair (an escape such as \\ud83d without its second half), which is no text.";
            default:
                return null;
        }
    }

    // Utf8JsonReader.GetString refuses such escapes with an InvalidOperationException that says nothing of the kind.
    private static bool IsLoneSurrogate(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;
}
