extern alias generators;

using System.Diagnostics.CodeAnalysis;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using FineTune.Facts;
using FineTune.Recipes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Tests.Recipes;

/// <summary>A recipe in YAML as a project's build makes it: facts, generated code, compiled and loaded.</summary>
/// <param name="Diagnostics">What the build tells.</param>
/// <param name="Pipeline">The pipeline; null if there are mistakes.</param>
internal sealed record GeneratedRecipe(IReadOnlyList<Diagnostic> Diagnostics, TrainingPipeline? Pipeline)
{
    private const string Item = "build_metadata.AdditionalFiles.FineTuneItem";

    private static readonly MetadataReference[] References = [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(RecipeOptions).Assembly.Location)];

    /// <summary>The ids of mistakes.</summary>
    public string Errors => string.Join(' ', Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id));

    /// <summary>Builds a recipe.</summary>
    /// <param name="yaml">The recipe.</param>
    /// <param name="className">Its class, with its namespace.</param>
    /// <param name="data">What the build has read of its data.</param>
    public static GeneratedRecipe Build(string yaml, string className, params ReadOnlySpan<DataFacts> data)
    {
        var files = new List<AdditionalText> { new Text("a.recipe.yaml", yaml) };
        foreach (var facts in data)
            files.Add(new Text($"{files.Count}.data.facts", DataFactsText.Write(facts)));
        var compilation = CSharpCompilation.Create(
            "Generated" + Guid.NewGuid().ToString("N"), [], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new generators::FineTune.RecipeGenerator().AsSourceGenerator()], files, new CSharpParseOptions(LanguageVersion.CSharp14), new Options())
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics, TestContext.Current.CancellationToken);
        return new(diagnostics, diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? null : Load(generated, className));
    }

    private static TrainingPipeline Load(Compilation generated, string className)
    {
        using var stream = new MemoryStream();
        var result = generated.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        stream.Position = 0;
        var assembly = new AssemblyLoadContext(className, isCollectible: true).LoadFromStream(stream);
        return (TrainingPipeline)Activator.CreateInstance(assembly.GetType(className, throwOnError: true)!)!;
    }

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new() { ["build_property.RootNamespace"] = "Samples" });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            new Values(new() { [Item] = textFile.Path.EndsWith(".recipe.yaml", StringComparison.Ordinal) ? "Recipe" : "DataFacts" });
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
