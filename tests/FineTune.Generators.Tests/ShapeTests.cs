using FineTune.Facts;
using FineTune.Prompts;
using FineTune.Recipes;

namespace FineTune.Generators.Tests;

/// <summary>Rows of the field's shapes: how they are recognised, read and rendered.</summary>
public sealed class ShapeTests
{
    private const string Types = """
        using System.Collections.Generic;
        using System.Text.Json;
        using FineTune.Attributes;
        using FineTune.Prompts;
        using FineTune.Recipes;
        namespace Samples;
        [BaseModel("models/tiny")] public sealed class Tiny;

        """;

    [Theory]
    [InlineData("text", """{"text":"Once"}""", "[Once]")]
    [InlineData("alpaca", """{"instruction":"Add.","input":"1 1","output":"2"}""", "Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n### Instruction:\nAdd.\n\n### Input:\n1 1\n\n### Response:\n[2]")]
    [InlineData("alpaca", """{"instruction":"Greet.","input":"","output":"Hi"}""", "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n### Instruction:\nGreet.\n\n### Response:\n[Hi]")]
    [InlineData("prompt_completion", """{"prompt":"Q:","completion":" A"}""", "Q:[ A]")]
    public void TextShapes_AreRendered(string type, string row, string expected)
    {
        var pipeline = GeneratedProject.Create(GeneratorTest.Run(Recipe(type)), "Samples.Tiny");
        Assert.Equal(type.Replace("_", "", StringComparison.Ordinal), pipeline.Options.Data.Type.ToString(), ignoreCase: true);
        Assert.Equal(expected, Show(GeneratedProject.Render(pipeline, row)));
    }

    [Fact]
    public void TrainOnAll_TrainsThePromptToo()
    {
        var pipeline = GeneratedProject.Create(GeneratorTest.Run(Recipe("prompt_completion, train_on: all")), "Samples.Tiny");
        Assert.Equal("[Q: A]", Show(GeneratedProject.Render(pipeline, """{"prompt":"Q:","completion":" A"}""")));
    }

    [Fact]
    public void Conversations() => GeneratorTest.Run([("tiny.recipe.yaml", Recipe("messages")), ("share.recipe.yaml", Recipe("sharegpt, messages_column: turns, role_field: who", "Share"))], []).Verify();

    [Fact]
    public void TheShapeIsRecognisedByTheData() => GeneratorTest.Run(
        [("tiny.recipe.yaml", "recipe: Tiny\nmodel: { base: models/tiny }\ndata: { train: chat.jsonl, train_on: last, chat_template: chat.jinja }\n")],
        [],
        facts: [TestFacts.File(Chat("chat.jsonl", "conversation", "role", "content")), TestFacts.File(TestFacts.Llama)]).Verify();

    [Theory]
    [InlineData("conversations", "from", "value", DatasetType.ShareGpt, null)]
    [InlineData("conversation", "from", "value", DatasetType.ShareGpt, "conversation")]
    [InlineData("messages", "role", "content", DatasetType.Messages, null)]
    public void ConversationsAreRecognised(string column, string role, string content, DatasetType type, string? named)
    {
        var test = GeneratorTest.Run(
            [("tiny.recipe.yaml", "recipe: Tiny\nmodel: { base: models/tiny }\ndata: { train: chat.jsonl }\n")], [], facts: [TestFacts.File(Chat("chat.jsonl", column, role, content))]);
        Assert.Equal("", test.Ids);
        var data = GeneratedProject.Create(test, "Samples.Tiny").Options.Data;
        Assert.Equal((type, named), (data.Type, data.MessagesColumn));
    }

    [Fact]
    public void RecordsShowTheirShape()
    {
        var test = GeneratorTest.Run(code: Types + """
            [Dataset("a.jsonl")] public sealed record Story(string Text);
            [Recipe<Tiny, Story>] public sealed partial class Texts;

            [Dataset("a.jsonl")] public sealed record Task(string Instruction, string? Input, string Output, int Id);
            [Recipe<Tiny, Task>] public sealed partial class Tasks;

            [Dataset("a.jsonl", TrainOn = TrainOn.Last)] public sealed record Talk(IReadOnlyList<ChatMessage> Messages, JsonElement? Tools);
            [Recipe<Tiny, Talk>] public sealed partial class Talks;

            [Dataset("a.jsonl", Type = DatasetType.ShareGpt, RoleField = "who")] public sealed record Share([property: Column("turns")] List<ChatMessage> Conversations);
            [Recipe<Tiny, Share>] public sealed partial class Shares;

            [Dataset("a.jsonl")] public sealed record Pair(TextOrMessages Prompt, TextOrMessages Completion);
            [Recipe<Tiny, Pair>] public sealed partial class Pairs;
            """);
        Assert.Equal("", test.Ids);
        Assert.Equal(
            [DatasetType.Text, DatasetType.Alpaca, DatasetType.Messages, DatasetType.ShareGpt, DatasetType.PromptCompletion],
            new[] { "Texts", "Tasks", "Talks", "Shares", "Pairs" }.Select(name => GeneratedProject.Create(test, "Samples." + name).Options.Data.Type));
        test.Verify();
    }

    [Fact]
    public void Mistakes() => GeneratorTest.Run(
        [
            ("a.recipe.yaml", Recipe("messages, prompt: \"{a|completion}\"", "A")),
            ("b.recipe.yaml", Recipe("preference", "B")),
            ("c.recipe.yaml", Recipe("unpaired_preference", "C")),
            ("d.recipe.yaml", Recipe("text, train_on: last", "D")),
            ("e.recipe.yaml", Recipe("messages", "E") + "training: { method: pretrain }\n"),
            ("f.recipe.yaml", Recipe("template", "F")),
            ("g.recipe.yaml", "recipe: G\nmodel: { base: models/tiny }\ndata: { train: unknown.jsonl }\n"),
            ("h.recipe.yaml", Recipe("openai", "H")),
            ("i.recipe.yaml", Recipe("messages", "I").Replace("train.jsonl", "odd.jsonl", StringComparison.Ordinal)),
            ("j.recipe.yaml", Recipe("alpaca", "J").Replace("train.jsonl", "odd.jsonl", StringComparison.Ordinal)),
            ("k.recipe.yaml", "recipe: K\nmodel: { base: models/tiny }\ndata: { train: odd.jsonl, messages_column: a }\n"),
        ],
        [("Rows.cs", Types + """
            [Dataset("a.jsonl")] public sealed record Odd(string Body);
            [Recipe<Tiny, Odd>] public sealed partial class Odds;

            [Dataset("a.jsonl", Type = DatasetType.Messages)] public sealed record Wrong(string Messages);
            [Recipe<Tiny, Wrong>] public sealed partial class Wrongs;

            [Dataset("a.jsonl", Type = DatasetType.Alpaca)] public sealed record Half(string Instruction);
            [Recipe<Tiny, Half>] public sealed partial class Halves;

            [Dataset("a.jsonl")] public sealed record Better(string Prompt, string Chosen, string Rejected);
            [Recipe<Tiny, Better>] public sealed partial class Betters;

            [Dataset("a.jsonl", Type = DatasetType.Text)] [Prompt("{Text|completion}")] public sealed record Both(string Text);
            [Recipe<Tiny, Both>] public sealed partial class Boths;
            """)],
        facts: [TestFacts.File(TestFacts.Llama), TestFacts.File(Strings("odd.jsonl", "instruction", "messages"))]).VerifyDiagnostics();

    private static string Recipe(string type, string name = "Tiny") => $"recipe: {name}\nmodel: {{ base: models/tiny }}\ndata: {{ train: train.jsonl, type: {type} }}\n";

    private static DataFacts Strings(string name, params string[] columns) =>
        new() { Name = name, Rows = 10, Bytes = 1, Digest = "00", Columns = new(columns.Select(column => new ColumnFacts(column, ColumnKind.String))) };

    private static DataFacts Chat(string name, string column, string role, string content) => Strings(name, "id") with
    {
        Columns = new(
        [
            new("id", ColumnKind.String),
            new(column, ColumnKind.List) { Children = new([new("", ColumnKind.Object) { Children = new([new(role, ColumnKind.String), new(content, ColumnKind.String)]) }]) },
        ]),
    };

    private static string Show(Prompt prompt) => string.Concat(prompt.Segments.Select(segment => segment.Trained ? $"[{segment.Text}]" : segment.Text));
}
