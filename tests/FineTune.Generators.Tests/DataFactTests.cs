using FineTune.Facts;

namespace FineTune.Generators.Tests;

/// <summary>Mistakes that show only where the data is known, and row types that are made of it.</summary>
public sealed class DataFactTests
{
    private static readonly DataFacts Clean = TestFacts.Questions with { Columns = new(TestFacts.Questions.Columns.Select(column => column with { EmptyRow = null })) };

    [Fact]
    public void RowTypeOfTheData() => Run("{question} {good}\n{answer|completion}", Clean).Verify();

    [Fact]
    public void Fields() => Run("{qestion} {Question} {messages} {meta} {mixed} {note} {no_such_thing} {answer|completion}", TestFacts.Questions).Verify();

    [Fact]
    public void TestRows() => Run(
        "{question}{answer|completion}", Clean,
        Clean with { Name = "test.jsonl", Bytes = 1, Columns = new([new("question", ColumnKind.String)]) }).Verify();

    [Fact]
    public void TestRowsThatAreTrainingRows()
    {
        Assert.Contains("FT1336", Run("{question}{answer|completion}", Clean, Clean with { Name = "test.jsonl" }).Ids, StringComparison.Ordinal);
        GeneratorTest.Run(
            [
                ("copy.recipe.yaml", """
                    recipe: Copy
                    model: { base: models/tiny }
                    data: { train: a.jsonl, test: b.jsonl, prompt: "{text|completion}" }
                    """),
            ],
            [("Rows.cs", """
                using FineTune.Attributes;
                [Dataset("a.jsonl", Test = "b.jsonl")]
                public sealed record Row(string Text);
                """)],
            facts: [TestFacts.File(Texts("a.jsonl")), TestFacts.File(Texts("b.jsonl"))]).Verify();
    }

    [Fact]
    public void Shapes() => GeneratorTest.Run(
        [("a.recipe.yaml", Recipe("A", "preferences.jsonl", "{prompt}{rejected|completion}")), ("b.recipe.yaml", Recipe("B", "labels.jsonl", "{prompt}{completion|completion}"))],
        [],
        facts:
        [
            TestFacts.File(Strings("preferences.jsonl", "prompt", "chosen", "rejected")),
            TestFacts.File(Strings("labels.jsonl", "prompt", "completion") is var labels ? labels with { Columns = new(labels.Columns.Append(new("label", ColumnKind.Boolean))) } : labels),
        ]).Verify();

    [Fact]
    public void RecordsAreCheckedAgainstColumns() => GeneratorTest.Run(
        [],
        [("Rows.cs", """
            using System.Collections.Generic;
            using FineTune.Attributes;

            [Dataset("train.jsonl")]
            public sealed record Row(
                string Question,
                string Prompt,
                string? Absent,
                int Answer,
                string Note,
                double? Score,
                long Id,
                int Good,
                IReadOnlyList<Message> Messages,
                string[] Tags,
                [Column("class")] string Topic,
                string Mixed)
            {
                [Column("no_such")]
                public required string Other { get; init; }
            }

            public sealed record Message(string Role, string Content, int Number);
            """)],
        facts: [TestFacts.File(Clean)]).Verify();

    [Fact]
    public void NestedRecordsAndLists() => GeneratorTest.Run(code: """
        using System.Collections.Generic;
        using FineTune.Attributes;

        [BaseModel("models/tiny")]
        public sealed class Model;

        public sealed record Call(string Name, Dictionary<string, string> Arguments);

        public sealed record Node(string Text, List<Node> Children);

        [Dataset("train.jsonl")]
        [Prompt("{Text|completion}")]
        public sealed record Wrong(string Text, Node Tree, List<List<string>> Cells, Call[] Calls);

        [Recipe<Model, Wrong>]
        public sealed partial class Tuned;
        """).Verify();

    [Fact]
    public void RowsLongerThanTheSampleAreNotKnown() =>
        Assert.Equal("", Run("{anything|completion}", new DataFacts { Name = "train.jsonl", Rows = 0 }).Ids);

    private static DataFacts Texts(string name) => Strings(name, "text");

    private static DataFacts Strings(string name, params string[] columns) =>
        new() { Name = name, Rows = 10, Bytes = 100, Digest = "aa", IsComplete = true, Columns = new(columns.Select(column => new ColumnFacts(column, ColumnKind.String))) };

    private static string Recipe(string name, string data, string prompt) => $$"""
        recipe: {{name}}
        model: { base: models/tiny }
        data: { train: {{data}}, prompt: "{{prompt}}" }
        """;

    private static GeneratorTest Run(string prompt, params DataFacts[] facts) => GeneratorTest.Run(
        [("tiny.recipe.yaml", $$"""
            recipe: Tiny
            model: { base: models/tiny }
            data:
              train: train.jsonl
              {{(facts.Length > 1 ? "test: test.jsonl" : "shuffle: true")}}
              prompt: "{{prompt.Replace("\n", "\\n", StringComparison.Ordinal)}}"
            """)],
        [],
        facts: [.. facts.Select(TestFacts.File)]);
}
