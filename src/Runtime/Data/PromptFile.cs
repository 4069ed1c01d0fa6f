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
        catch (Exception exception) when (RowText.Explain(exception, line.Utf8.Span) is { } message)
        {
            throw Broken(message, exception);
        }

        FineTuneException Broken(string message, Exception inner) => new("FT5012", message, $"{path}:{line.Number}", inner);
    }
}
