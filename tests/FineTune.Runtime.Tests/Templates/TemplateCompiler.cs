extern alias generators;

using System.Runtime.Loader;
using System.Text;
using Basic.Reference.Assemblies;
using FineTune.Prompts;
using generators::FineTune.Emit.ChatTemplates;
using generators::FineTune.Templates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Tests.Templates;

/// <summary>Compiles chat templates as the generator does: many of them in one assembly.</summary>
internal static class TemplateCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(ChatTemplate).Assembly.Location)];

    /// <summary>The C# of a template.</summary>
    /// <exception cref="TemplateSyntaxException">The text is not a template.</exception>
    public static string Emit(string className, string source) => ChatTemplateEmitter.Emit(className, "test", source, BoundTemplate.Parse(source));

    /// <summary>Why a text is not a template, and the line; <see langword="null"/> if it is one.</summary>
    public static (string Message, int Line)? Error(string source)
    {
        try
        {
            BoundTemplate.Parse(source);
            return null;
        }
        catch (TemplateSyntaxException exception)
        {
            return (exception.Message, exception.Line);
        }
    }

    /// <summary>Compiles templates; all of them must be valid.</summary>
    public static IReadOnlyDictionary<string, ChatTemplate> Compile(IReadOnlyList<string> sources)
    {
        var trees = sources.Select((source, index) => Parse(Emit($"Template{index}", source), index)).ToList();
        var compilation = CSharpCompilation.Create(
            "Templates" + Guid.NewGuid().ToString("N"),
            trees,
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        var problem = result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.True(result.Success && problem is null, $"{problem}\n{Source(problem, sources)}");
        stream.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
        return sources.Select((source, index) => (source, index)).ToDictionary(
            pair => pair.source,
            pair => (ChatTemplate)Activator.CreateInstance(assembly.GetType($"{ChatTemplateEmitter.Namespace}.Template{pair.index}", throwOnError: true)!)!);
    }

    private static SyntaxTree Parse(string code, int index) =>
        CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, $"Template{index}.cs");

    private static string? Source(Diagnostic? problem, IReadOnlyList<string> sources) =>
        problem?.Location.SourceTree?.FilePath is { } path && int.TryParse(path["Template".Length..^".cs".Length], out var index) ? sources[index] : null;
}
