using FineTune.Prompts;

namespace FineTune.Tests.Templates;

/// <summary>All templates of the vectors, compiled into one assembly when the first is asked for.</summary>
internal static class CompiledTemplates
{
    private static readonly Lazy<IReadOnlyDictionary<string, ChatTemplate>> All = new(() => TemplateCompiler.Compile([.. Sources().Distinct().Where(source => TemplateCompiler.Error(source) is null)]));

    /// <summary>A template; as the build fails on one that is not valid, so does this, in the words of the runtime.</summary>
    public static ChatTemplate Get(string source)
    {
        if (TemplateCompiler.Error(source) is null)
            return All.Value[source];
        ChatTemplate.Parse(source);
        throw new InvalidOperationException("The runtime takes a template that the generator does not.");
    }

    private static IEnumerable<string> Sources()
    {
        foreach (var file in new[] { "jinja-suite.json", "generation.json", "bounded-resources.json" })
        {
            foreach (var test in TemplateCases.Of(file).Values)
                yield return test.GetProperty("template").GetString()!;
        }

        foreach (var name in TemplateCases.Renderings)
            yield return TemplateCases.Source(TemplateCases.File($"renderings/{name}.json")!.Value);
    }
}
