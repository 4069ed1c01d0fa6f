using System.Text.Json;
using FineTune.Recipes;

namespace FineTune.Data;

/// <summary>Reads the rows of a data file as prompts; what is wrong with a row is reported with file and line.</summary>
internal static class PromptFile
{
    /// <param name="pipeline">Knows the rows' shape and their prompt.</param>
    /// <param name="path">A JSON lines file.</param>
    /// <param name="limit">Reads at most this many rows.</param>
    /// <exception cref="FineTuneException">
    /// FT5011: the file does not exist. FT5012: a row is not JSON or not of the recipe's shape.
    /// </exception>
    public static IEnumerable<PromptRow> Read(TrainingPipeline pipeline, string path, int? limit = null) =>
        JsonLinesFile.Read(path).Take(limit ?? int.MaxValue).Select(line => ReadRow(pipeline, path, line));

    /// <summary>Reads the rows whose place among all rows, from 0, is chosen; the others are not looked at.</summary>
    /// <inheritdoc cref="Read(TrainingPipeline, string, int?)"/>
    public static IEnumerable<PromptRow> Read(TrainingPipeline pipeline, string path, Func<int, bool> chosen) =>
        JsonLinesFile.Read(path).Where((_, index) => chosen(index)).Select(line => ReadRow(pipeline, path, line));

    private static PromptRow ReadRow(TrainingPipeline pipeline, string path, JsonLine line)
    {
        try
        {
            return new PromptRow(line.Number, pipeline.RenderJson(line.Utf8.Span));
        }
        catch (RowException exception)
        {
            throw Broken(exception.Message, exception);
        }
        catch (JsonException exception)
        {
            // The reader counts lines within this one line, and appends that to its message: only the byte is of use.
            var reason = exception.Message.Split(" LineNumber:")[0];
            var column = exception.BytePositionInLine is { } position ? $" at byte {position + 1}" : "";
            throw Broken($"The line is not one JSON object: {reason.TrimEnd('.')}{column}. Each row is an object on a line of its own.", exception);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is System.Text.DecoderFallbackException)
        {
            throw Broken("The line is not valid UTF-8 text. Save the file as UTF-8.", exception);
        }
        catch (InvalidOperationException exception) when (IsLoneSurrogate(line.Utf8.Span))
        {
            throw Broken("A string holds half of a surrogate pair (an escape such as \\ud83d without its second half), which is no text.", exception);
        }

        FineTuneException Broken(string message, Exception inner) => new("FT5012", message, $"{path}:{line.Number}", inner);
    }

    // Utf8JsonReader.GetString refuses such escapes with an InvalidOperationException that says nothing of the kind.
    private static bool IsLoneSurrogate(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;
}
