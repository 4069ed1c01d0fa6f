extern alias generators;

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Benchmarks;

/// <summary>The generator's own time for projects of 1, 10 and 200 recipes: clean, and after an edit of one of them.</summary>
internal static class GeneratorBenchmark
{
    private const int Runs = 9;

    public static int Run()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists);
        var compilation = CSharpCompilation.Create(
            "Benchmark", [], platform.Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Console.WriteLine($"Milliseconds of the generator, medians of {Runs} runs; the first run of a process compiles it and is left out.");
        Console.WriteLine("recipes   clean   after an edit of one");
        Measure(compilation, 1);
        foreach (var count in new[] { 1, 10, 200 })
        {
            var (clean, edit) = Measure(compilation, count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,7} {clean,7:F1} {edit,7:F1}"));
        }

        return 0;
    }

    private static (double Clean, double Edit) Measure(Compilation compilation, int count)
    {
        var files = Enumerable.Range(0, count).Select(i => new RecipeText($"recipe{i}.recipe.yaml", Recipe(i, epochs: 1))).ToList();
        var edited = new RecipeText(files[count / 2].Path, Recipe(count / 2, epochs: 2));
        var (clean, edit) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            GeneratorDriver driver = CSharpGeneratorDriver.Create([new generators::FineTune.RecipeGenerator().AsSourceGenerator()], files, optionsProvider: new RecipeOptionsProvider());
            var watch = Stopwatch.StartNew();
            driver = driver.RunGenerators(compilation);
            clean.Add(watch.Elapsed.TotalMilliseconds);
            driver = driver.ReplaceAdditionalText(files[count / 2], edited);
            watch.Restart();
            driver = driver.RunGenerators(compilation);
            edit.Add(watch.Elapsed.TotalMilliseconds);
            var generated = driver.GetRunResult().GeneratedTrees.Length;
            if (generated < count)
                throw new InvalidOperationException($"{generated} files were generated for {count} recipes.");
        }

        return (clean.Order().ElementAt(Runs / 2), edit.Order().ElementAt(Runs / 2));
    }

    private static string Recipe(int number, int epochs) => $$"""
        recipe: Recipe{{number}}
        model: { base: models/tiny-docs, dtype: bfloat16 }
        data:
          train: data/train{{number}}.jsonl
          test: data/test{{number}}.jsonl
          prompt: |
            Member: {signature}
            Kind: {kind}
            Summary:{summary|completion}
          max_length: 512
        adapter: { kind: lora, rank: 16, alpha: 32, targets: [q_proj, k_proj, v_proj, o_proj] }
        training:
          learning_rate: 2e-4
          epochs: {{epochs}}
          tokens_per_batch: 8192
          schedule: cosine
          warmup_steps: 0.03
        evaluation: [rougeL, perplexity]
        """;

    private sealed class RecipeText(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class RecipeOptionsProvider : AnalyzerConfigOptionsProvider
    {
        private static readonly Options None = new("", "");
        private static readonly Options Recipe = new("build_metadata.AdditionalFiles.FineTuneItem", "Recipe");

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options("build_property.RootNamespace", "Benchmark");

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => None;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Recipe;
    }

    private sealed class Options(string name, string text) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => (value = key == name ? text : null) is not null;
    }
}
