using System.Globalization;
using FineTune.Facts;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Generators.Tests;

/// <summary>Columns of any name and nesting become types that compile, and their names stay text.</summary>
public sealed class FactFuzzTests
{
    private static readonly string[] Names =
    [
        "a", "A", "text", "Text", "row", "Row", "Options", "Tiny", "class", "string", "reader", "item", "meta", "Meta", "messages", "message", "s", "ss", "ies", "boxes", "", " ", "1", "_", "__", "日本", "é", "a.b", "a b", "a-b",
        "TextColumns", "ReadRow", "Filter", "Equals", "ToString", "GetHashCode", "\");HOSTILE();//", "*/", "</c>", "\n", "\u2028", "\\u0041", "{x}", "😀",
    ];

    [Fact]
    public void RowTypesOfAnyColumns()
    {
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("FINETUNE_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture));
        for (var i = 0; i < 60; i++)
        {
            var facts = new DataFacts { Name = "t", Rows = 5, Columns = new(Columns(random, depth: 0).Append(new("answer", ColumnKind.String)).DistinctBy(column => column.Name)) };
            // Runs compile what is generated, without a warning.
            var test = GeneratorTest.Run(
                [("tiny.recipe.yaml", "recipe: Tiny\nmodel: { base: m }\ndata: { train: t, prompt: \"{answer|completion}\" }\n")], [], facts: [TestFacts.File(facts)]);
            Assert.DoesNotContain(test.Diagnostics, diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
            Assert.DoesNotContain(
                test.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()),
                call => call.Expression.ToString() == "HOSTILE");
        }
    }

    private static IEnumerable<ColumnFacts> Columns(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => Column(Names[random.Next(Names.Length)], random, depth)).DistinctBy(column => column.Name)];

    private static ColumnFacts Column(string name, Random random, int depth)
    {
        var kind = (ColumnKind)random.Next(9);
        return new(name, kind)
        {
            NullRow = random.Next(3) == 0 ? 1 : null,
            MissingRow = random.Next(5) == 0 ? 1 : null,
            Children = depth == 4 ? default
                : kind == ColumnKind.Object ? new(Columns(random, depth + 1))
                : kind == ColumnKind.List ? new([Column("", random, depth + 1)])
                : default,
        };
    }
}
