using System.Text.Json;
using FineTune.Prompts;

namespace FineTune.Recipes;

/// <summary>A recipe over rows of one type: how a row is read, and how it becomes a prompt. The generator writes both.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public abstract class TrainingPipeline<TRow> : TrainingPipeline
    where TRow : notnull
{
    /// <summary>Reads one row.</summary>
    /// <param name="reader">Stands at the <c>{</c> of the row's object; is left at its <c>}</c>.</param>
    /// <exception cref="RowException">A column is missing or has another type.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    protected abstract TRow ReadRow(ref Utf8JsonReader reader);

    /// <summary>Renders a row as segments of text, each trained or not.</summary>
    protected abstract void Format(TRow row, PromptBuilder prompt);

    internal override Prompt RenderJson(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new RowException($"A row is a JSON object, but this one is {JsonKind.Describe(reader.TokenType)}.");
        var row = ReadRow(ref reader);
        if (reader.Read())
            throw new RowException("Text follows the row's object on the same line.");
        var prompt = new PromptBuilder();
        Format(row, prompt);
        return prompt.Build();
    }
}
