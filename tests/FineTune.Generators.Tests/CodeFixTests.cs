using FineTune.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune.Generators.Tests;

/// <summary>What editors offer for the mistakes of the C# surface.</summary>
public sealed class CodeFixTests
{
    private const string Before = """
        using FineTune.Attributes;
        using FineTune.Recipes;
        namespace Samples;
        [BaseModel("models/tiny")] public sealed class Tiny;
        [Dataset("train.jsonl", Test = "test.jsonl")] [Prompt("{Question}{Answer|completion}")] public sealed record Row(string Question, string Answer);

        """;

    [Theory]
    [InlineData("FT2001", "[Recipe<Tiny, Row>] public sealed class Bad { }", "[Recipe<Tiny, Row>] public sealed partial class Bad { }")]
    [InlineData("FT2001", "[Recipe<Tiny, Row>] class Bad { }", "[Recipe<Tiny, Row>] partial class Bad { }")]
    [InlineData("FT2003", "[Recipe<Tiny, Row>] [Sft] [Pretrain] partial class Bad { }", "[Recipe<Tiny, Row>] [Sft] partial class Bad { }")]
    [InlineData("FT2003", "    [Recipe<Tiny, Row>]\n    [Sft]\n    [Pretrain]\n    partial class Bad { }", "    [Recipe<Tiny, Row>]\n    [Sft]\n    partial class Bad { }")]
    [InlineData("FT2005", "/// <summary>A class.</summary>\n[Lora]\nclass Bad { }", "/// <summary>A class.</summary>\nclass Bad { }")]
    [InlineData("FT2005", "[Lora, System.Obsolete] class Bad { }", "[System.Obsolete] class Bad { }")]
    [InlineData("FT2026", "[Recipe<Row, Tiny>] partial class Bad { }", "[Recipe<Tiny, Row>] partial class Bad { }")]
    [InlineData("FT2027", "[Recipe<Tiny, Row>] [BaseModel(\"m\")] partial class Bad { }", "[Recipe<Tiny, Row>] partial class Bad { }")]
    [InlineData("FT1001", "[Recipe<Tiny, Row>] [Sft(Epoch = 3)] partial class Bad { }", "[Recipe<Tiny, Row>] [Sft(Epochs = 3)] partial class Bad { }")]
    [InlineData("FT1017", "[Recipe<Tiny, Row>] [Lora(LoraR = 8)] partial class Bad { }", "[Recipe<Tiny, Row>] [Lora(Rank = 8)] partial class Bad { }")]
    [InlineData("FT1018", "[Recipe<Tiny, Row>] [Sft(Packing = true, Epochs = 2)] partial class Bad { }", "[Recipe<Tiny, Row>] [Sft(Epochs = 2)] partial class Bad { }")]
    [InlineData("FT1008", "[Recipe<Tiny, Row>] [Sft(TokensPerBatch = 64, BatchSize = 4)] partial class Bad { }", "[Recipe<Tiny, Row>] [Sft(TokensPerBatch = 64)] partial class Bad { }")]
    [InlineData("FT1063", "[Recipe<Tiny, Row>] [Sft(GradientAccumulation = 4)] partial class Bad { }", "[Recipe<Tiny, Row>] [Sft] partial class Bad { }")]
    [InlineData("FT1015", "[Recipe<Tiny, Row>] [Lora(Targets = \"q_proj, v_porj\")] partial class Bad { }", "[Recipe<Tiny, Row>] [Lora(Targets = \"q_proj, v_proj\")] partial class Bad { }")]
    [InlineData("FT1094", "[Recipe<Tiny, Row>] [Lora(Targets = \"q_proj.weight\")] partial class Bad { }", "[Recipe<Tiny, Row>] [Lora(Targets = \"q_proj\")] partial class Bad { }")]
    [InlineData("FT2010", "[Prompt(\"{Quesion}{Answer|completion}\")] record Other(string Question, string Answer);", "[Prompt(\"{Question}{Answer|completion}\")] record Other(string Question, string Answer);")]
    public async Task AMistakeIsFixed(string id, string code, string expected)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Samples", "Samples", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14),
            metadataReferences: GeneratorTest.CreateCompilation([], OutputKind.DynamicallyLinkedLibrary).References));
        var document = project.AddDocument("Recipes.cs", Before + code);
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var found = await compilation!.WithAnalyzers([new RecipeAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var diagnostic = found.First(diagnostic => diagnostic.Id == id);

        var actions = new List<CodeAction>();
        foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(id)))
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        var operation = Assert.Single(await Assert.Single(actions).GetOperationsAsync(TestContext.Current.CancellationToken));
        var changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
        Assert.Equal(Before + expected, (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    /// <summary>Every fix is for a diagnostic that exists.</summary>
    [Fact]
    public void EveryFixIsOfADiagnostic()
    {
        var ids = Diagnostics.Descriptors.All.Select(descriptor => descriptor.Id).ToHashSet();
        Assert.All(Providers.SelectMany(provider => provider.FixableDiagnosticIds), id => Assert.Contains(id, ids));
    }

    private static IReadOnlyList<CodeFixProvider> Providers => [new MakePartialFix(), new RemoveArgumentFix(), new RemoveAttributeFix(), new ReplaceTextFix()];
}
