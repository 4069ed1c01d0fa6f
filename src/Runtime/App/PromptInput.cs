using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Facts;
using FineTune.Prompts;
using FineTune.Recipes;

namespace FineTune.App;

/// <summary>
/// A prompt as a user types it: text for the model to continue, or a row as a JSON object, which is rendered by the recipe's
/// prompt up to its completion. The columns of the completion may be left out.
/// </summary>
internal static class PromptInput
{
    // Stands for a column that the row lacks; of the private use area, so that no row has it.
    private const string Placeholder = "\uE0F1";

    /// <exception cref="FineTuneException">FT5009: the row lacks a column that the prompt needs before its completion, or does not fit.</exception>
    public static string Context(TrainingPipeline pipeline, RecipeOptions options, string input)
    {
        var chat = pipeline.ChatFormat(options);
        if (ParseRow(input) is not { } row)
        {
            return options.Data.Type is DatasetType.Messages or DatasetType.ShareGpt ? chat.Render([new ChatMessage("user", input)], tools: null).Context
                : options.Data.Type == DatasetType.Alpaca ? AlpacaPrompt.Of(input, null)
                : input;
        }

        var missing = new List<string>();
        while (true)
        {
            try
            {
                var context = pipeline.RenderJson(Encoding.UTF8.GetBytes(row.ToJsonString()), chat)?.Context
                    ?? throw Mistake("The recipe's Filter leaves this row out.");
                return !context.Contains(Placeholder, StringComparison.Ordinal)
                    ? context
                    : throw Mistake($"The row has no column {string.Join(" or ", missing.Select(column => $"'{column}'"))}, which the prompt has before its completion.");
            }
            catch (RowException exception) when (exception.MissingColumn is { } column && !row.ContainsKey(column))
            {
                missing.Add(column);
                row.Add(column, Placeholder);
            }
            catch (RowException exception)
            {
                throw Mistake(exception.Message, exception);
            }
        }
    }

    /// <summary>
    /// Splits standard input into prompts: each line that is a JSON object is one; any other text is one prompt as a whole,
    /// without the line end that closes a file.
    /// </summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0).ToList();
        if (lines.Count > 0 && lines.All(line => ParseRow(line) is not null))
            return lines;
        var whole = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        return whole.Length == 0 ? [] : [whole];
    }

    private static JsonObject? ParseRow(string input)
    {
        if (!input.AsSpan().TrimStart().StartsWith("{"))
            return null;
        var utf8 = Encoding.UTF8.GetBytes(input);
        try
        {
            using var document = JsonDocument.Parse(utf8);
        }
        catch (JsonException)
        {
            return null; // Text that begins with a brace, such as code.
        }

        try
        {
            return FolderJson.ParseNode(utf8) as JsonObject;
        }
        catch (JsonException exception)
        {
            throw Mistake($"{FolderJson.Reason(exception)}.", exception);
        }
    }

    private static FineTuneException Mistake(string message, Exception? inner = null) => new("FT5009", message, null, inner);
}
