using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Basic.Reference.Assemblies;
using FineTune.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Generators.Tests;

/// <summary>
/// Runs the generator and the analyzer over a project in memory. Every run also checks what must hold for all input: the
/// same again from the cache, under another culture and with other line ends, nothing in the cache that holds a compilation
/// alive, and generated code without warnings.
/// </summary>
internal sealed class GeneratorTest
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All, MetadataReference.CreateFromFile(typeof(Recipes.RecipeOptions).Assembly.Location),
    ];

    private readonly (string Name, string Text)[] _yaml;
    private readonly (string Name, string Text)[] _code;
    private readonly (string Name, string Text)[] _facts;
    private readonly OutputKind _output;

    private GeneratorTest((string, string)[] yaml, (string, string)[] code, (string, string)[] facts, OutputKind output) =>
        (_yaml, _code, _facts, _output) = (yaml, code, facts, output);

    /// <summary>The generated files by name.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; private set; } = new Dictionary<string, string>();

    /// <summary>The diagnostics of the generator and the analyzer, in order of place.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private set; } = [];

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Compilation { get; private set; } = null!;

    /// <summary>Runs over one recipe in YAML, or some C#, or both.</summary>
    public static GeneratorTest Run(string? yaml = null, string? code = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary) =>
        Run(yaml is null ? [] : [("tiny.recipe.yaml", yaml)], code is null ? [] : [("Recipes.cs", code)], output);

    /// <summary>Runs over files.</summary>
    public static GeneratorTest Run(
        (string, string)[] yaml, (string, string)[] code, OutputKind output = OutputKind.DynamicallyLinkedLibrary, (string, string)[]? facts = null)
    {
        var test = new GeneratorTest(yaml, code, facts ?? [], output);
        test.RunAll();
        return test;
    }

    /// <summary>Fails unless sources and diagnostics equal the snapshot.</summary>
    public void Verify([CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        Snapshot.Verify(Describe(), Diagnostics.Count == 0 ? "cs" : "txt", file, method);

    /// <summary>Fails unless the diagnostics equal the snapshot, whatever the sources.</summary>
    public void VerifyDiagnostics([CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        Snapshot.Verify(string.Concat(Diagnostics.Select(diagnostic => DescribeDiagnostic(diagnostic) + "\n")), "txt", file, method);

    /// <summary>The ids of the diagnostics, in order.</summary>
    public string Ids => string.Join(' ', Diagnostics.Select(diagnostic => diagnostic.Id));

    /// <summary>The text that a diagnostic marks.</summary>
    public string Marked(Diagnostic diagnostic)
    {
        var path = diagnostic.Location.GetLineSpan().Path;
        var text = _yaml.Concat(_code).First(file => file.Name == path).Text;
        return text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
    }

    /// <summary>Runs the generator alone.</summary>
    public static GeneratorDriver CreateDriver(IEnumerable<(string Name, string Text)> yaml) => CSharpGeneratorDriver.Create(
        [new RecipeGenerator().AsSourceGenerator()],
        yaml.Select(file => (AdditionalText)new InMemoryText(file.Name, file.Text)),
        ParseOptions,
        OptionsFor(yaml),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The project before generation.</summary>
    public static CSharpCompilation CreateCompilation(IEnumerable<(string Name, string Text)> code, OutputKind output) => CSharpCompilation.Create(
        "Samples",
        code.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), ParseOptions, file.Name)),
        References,
        new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    // A project's property goes as a file of its name.
    private static ProjectOptions OptionsFor(IEnumerable<(string Name, string Text)> files) =>
        new(files.Where(file => file.Name == "FineTuneDeviceMemory").Select(file => file.Text).SingleOrDefault());

    private void RunAll()
    {
        var compilation = CreateCompilation(_code, _output);
        var driver = CreateDriver(_yaml.Concat(_facts)).RunGenerators(compilation);
        var first = driver.GetRunResult().Results.Single();
        Assert.Null(first.Exception);
        Sources = SourcesOf(first);

        CheckCached(driver.RunGenerators(compilation.Clone()), "an identical compilation");
        var unrelated = CSharpSyntaxTree.ParseText("internal static class Unrelated { internal static int Value => 1; }", ParseOptions, "Unrelated.cs");
        CheckCached(driver.RunGenerators(compilation.AddSyntaxTrees(unrelated)), "an unrelated file");
        CachedValues.AssertDetached(first.TrackedSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Value));

        Compilation = compilation.AddSyntaxTrees(Sources.Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Value, Encoding.UTF8), ParseOptions, source.Key)));
        Diagnostics = [.. first.Diagnostics.Concat(Analyze(Compilation, _facts)).OrderBy(Place, StringComparer.Ordinal)];
        CheckCompiles();
        CheckCultureAndLineEnds();
    }

    private static Dictionary<string, string> SourcesOf(GeneratorRunResult result) =>
        result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    private static void CheckCached(GeneratorDriver driver, string change)
    {
        foreach (var step in driver.GetRunResult().Results.Single().TrackedSteps.Where(step => TrackingNames.All.Contains(step.Key)))
        {
            foreach (var (_, reason) in step.Value.SelectMany(run => run.Outputs))
                Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step.Key} is {reason} after {change}.");
        }
    }

    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation, (string Name, string Text)[] facts)
    {
        var options = new AnalyzerOptions([.. facts.Select(file => new InMemoryText(file.Name, file.Text))], OptionsFor(facts));
        var analyzed = compilation.WithAnalyzers([new RecipeAnalyzer()], options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        Assert.DoesNotContain(analyzed, diagnostic => diagnostic.Id == "AD0001");
        return analyzed;
    }

    // What is generated compiles without a warning, whatever else is wrong; and without mistakes, so does the user's code.
    private void CheckCompiles()
    {
        var problems = Compilation.GetDiagnostics().Where(problem => Sources.ContainsKey(problem.Location.SourceTree?.FilePath ?? "")
            ? problem.Severity >= DiagnosticSeverity.Warning
            : problem.Severity == DiagnosticSeverity.Error && Diagnostics.Count == 0).ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems) + "\n" + string.Join('\n', Sources.Values));
    }

    private void CheckCultureAndLineEnds()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            (string, string)[] WithReturns((string Name, string Text)[] files) =>
                [.. files.Select(file => (file.Name, file.Text.Replace("\r\n", "\n").Replace("\n", "\r\n")))];
            var driver = CreateDriver(WithReturns(_yaml).Concat(_facts)).RunGenerators(CreateCompilation(WithReturns(_code), _output));
            Assert.Equal(Sources, SourcesOf(driver.GetRunResult().Results.Single()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>The diagnostics as the build prints them, with what they mark.</summary>
    public string DescribeDiagnostics() => string.Concat(Diagnostics.Select(diagnostic => DescribeDiagnostic(diagnostic) + "\n"));

    private string Describe()
    {
        var text = new StringBuilder(DescribeDiagnostics());
        // The classes of recipes with mistakes are all alike; a test of their own looks at them.
        foreach (var (name, source) in Sources.Where(source => !source.Key.EndsWith(".Broken.g.cs", StringComparison.Ordinal)).OrderBy(source => source.Key, StringComparer.Ordinal))
            text.Append("//// ").Append(name).Append('\n').Append(VersionPattern().Replace(source, "\"FineTune.Generators\", \"VERSION\"")).Append('\n');
        return text.ToString();
    }

    // As the build prints it, with the line and what is marked in it.
    private string DescribeDiagnostic(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        var (line, column) = (span.StartLinePosition.Line, span.StartLinePosition.Character);
        var text = _yaml.Concat(_code).First(file => file.Name == span.Path).Text.Split('\n')[line];
        var length = span.EndLinePosition.Line == line ? Math.Max(1, span.EndLinePosition.Character - column) : Math.Max(1, text.Length - column);
        return $"{span.Path}({line + 1},{column + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n"
            + $"    {text}\n    {new string(' ', column)}{new string('~', length)}\n";
    }

    private static string Place(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return string.Create(CultureInfo.InvariantCulture, $"{span.Path}:{span.StartLinePosition.Line:D6}:{span.StartLinePosition.Character:D6}:{diagnostic.Id}");
    }

    private static System.Text.RegularExpressions.Regex VersionPattern() => new("\"FineTune.Generators\", \"[0-9.]+\"");
}
