using FineTune.Prompts;
using FineTune.Recipes;

namespace FineTune.Data;

/// <summary>Reads rows of data files as prompts; what is wrong with a row is reported with file and line.</summary>
/// <param name="pipeline">Knows the rows' shape and their prompt.</param>
/// <param name="chat">Renders conversations.</param>
internal sealed class PromptFile(TrainingPipeline pipeline, ChatFormat chat)
{
    /// <summary>Reads a row.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="line">Its text.</param>
    public ReadRow Read(string path, JsonLine line)
    {
        try
        {
            return new(line.Number, pipeline.RenderJson(line.Utf8.Span, chat) is { } prompt ? new PromptRow(path, line.Number, prompt) : null, null);
        }
        catch (RowException exception)
        {
            return Broken(exception.Message, exception);
        }
        catch (FineTuneException exception) when (exception.Place is null)
        {
            return new(line.Number, null, new FineTuneException(exception.Code, exception.Message, $"{path}:{line.Number}", exception));
        }
        catch (Exception exception) when (RowText.Explain(exception, line.Utf8.Span) is { } message)
        {
            return Broken(message, exception);
        }

        ReadRow Broken(string message, Exception inner) => new(line.Number, null, new FineTuneException("FT5012", message, $"{path}:{line.Number}", inner));
    }
}
