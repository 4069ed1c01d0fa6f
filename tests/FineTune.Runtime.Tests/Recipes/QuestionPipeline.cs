using System.Text.Json;
using FineTune.Prompts;
using FineTune.Recipes;

namespace FineTune.Tests.Recipes;

/// <summary>A pipeline as the generator writes it, for tests that need one: a question and the answer to it.</summary>
internal sealed class QuestionPipeline : TrainingPipeline<(string Question, string Answer)>
{
    public override RecipeOptions Options => Recipe;

    public RecipeOptions Recipe { get; init; } = new()
    {
        Name = "Questions",
        Model = new() { Base = "models/tiny" },
        Data = new() { Train = "train.jsonl", Test = "test.jsonl" },
        Adapter = new(),
        Evaluation = new() { Metrics = [Metric.Perplexity, Metric.RougeL] },
    };

    protected override (string Question, string Answer) ReadRow(ref Utf8JsonReader reader)
    {
        string? question = null;
        string? answer = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("question"u8))
            {
                reader.Read();
                question = RowColumn.ReadString(ref reader, "question");
            }
            else if (reader.ValueTextEquals("answer"u8))
            {
                reader.Read();
                answer = RowColumn.ReadString(ref reader, "answer");
            }
            else
            {
                reader.Skip();
            }
        }

        return (question ?? throw RowColumn.Missing("question"), answer ?? throw RowColumn.Missing("answer"));
    }

    protected override void Format((string Question, string Answer) row, PromptBuilder prompt)
    {
        prompt.Text("Q: ");
        prompt.Text(row.Question);
        prompt.Text("\nA:");
        prompt.Completion(" " + row.Answer);
    }
}
