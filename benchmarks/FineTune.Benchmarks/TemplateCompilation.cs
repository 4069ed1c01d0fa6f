extern alias generators;

using System.Reflection;
using System.Text;
using FineTune.Prompts;
using generators::FineTune.Emit.ChatTemplates;
using generators::FineTune.Templates;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Benchmarks;

/// <summary>Compiles a chat template as the build does.</summary>
internal static class TemplateCompilation
{
    public static ChatTemplate Compile(string source)
    {
        var code = ChatTemplateEmitter.Emit("CompiledChatTemplate", "benchmark", source, BoundTemplate.Parse(source));
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Template" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.CSharp14))],
            platform.Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        return (ChatTemplate)Activator.CreateInstance(Assembly.Load(stream.ToArray()).GetType("FineTune.Generated.CompiledChatTemplate", throwOnError: true)!)!;
    }
}
