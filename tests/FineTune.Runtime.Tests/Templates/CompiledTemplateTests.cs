using System.Text.Json;
using FineTune.Prompts;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>conformance/templates, compiled to C#; and compiled and interpreted templates do the same, errors and lines included.</summary>
public sealed class CompiledTemplateTests(ConformanceReport report)
{
    private const string Suite = "jinja-suite.json";
    private const string Generation = "generation.json";
    private const string Bounded = "bounded-resources.json";

    public static TheoryData<string?> SuiteCases => JinjaSuiteTests.Cases;

    public static TheoryData<string?> GenerationCases => GenerationSpanTests.Spans;

    public static TheoryData<string?> BoundedCases => BoundedResourceTests.Cases;

    public static TheoryData<string?> RenderingFiles => CaseRows.Of(TemplateCases.Renderings);

    [Theory, MemberData(nameof(SuiteCases))]
    public void Snippet(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TemplateCases.Of(Suite)[id];
        var source = test.GetProperty("template").GetString()!;
        ConformanceRun.Check(report, TemplateCases.Area, $"compiled/jinja-suite/{id}", ["jinja:language"], check =>
        {
            var variables = TemplateComparison.Variables(TemplateCases.File(Suite)!.Value.GetProperty("standard_context"), test);
            TemplateComparison.Compare(check, test, id.StartsWith("error-lines", StringComparison.Ordinal), () => TemplateComparison.Render(CompiledTemplates.Get(source), variables).Text);
            check.Equal("interpreted", Outcome(() => TemplateComparison.Render(ChatTemplate.Parse(source), Variables(test)).Text), Outcome(() => TemplateComparison.Render(CompiledTemplates.Get(source), Variables(test)).Text));
        });
    }

    [Theory, MemberData(nameof(GenerationCases))]
    public void Spans(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TemplateCases.Of(Generation)[id];
        ConformanceRun.Check(report, TemplateCases.Area, $"compiled/generation/{id}", [$"generation:{id}"], check =>
            GenerationSpanTests.Compare(check, test, () => CompiledTemplates.Get(test.GetProperty("template").GetString()!)));
    }

    [Theory, MemberData(nameof(BoundedCases))]
    public void Hostile(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TemplateCases.Of(Bounded)[id];
        var source = test.GetProperty("template").GetString()!;
        ConformanceRun.Check(report, TemplateCases.Area, $"compiled/bounded-resources/{id}", [$"bounded:{id}"], check =>
        {
            var template = TemplateCompiler.Error(source) is null ? CompiledTemplates.Get(source) : null;
            BoundedResourceTests.Compare(check, test, () => template ?? ChatTemplate.Parse(source));
        });
    }

    [Theory, MemberData(nameof(RenderingFiles))]
    public void Renderings(string? name)
    {
        CaseRows.SkipIfNone(name);
        var file = TemplateCases.File($"renderings/{name}.json")!.Value;
        var source = TemplateCases.Source(file);
        var template = RenderingTests.WithTokens(CompiledTemplates.Get(source), file);
        var index = 0;
        foreach (var test in file.GetProperty("cases").EnumerateArray())
        {
            ConformanceRun.Check(report, TemplateCases.Area, $"compiled/renderings/{name}/{index++}", [$"rendering:{name}"], check =>
                RenderingTests.Compare(check, template, file, test));
        }
    }

    private static IReadOnlyDictionary<string, object?> Variables(JsonElement test) =>
        TemplateComparison.Variables(TemplateCases.File(Suite)!.Value.GetProperty("standard_context"), test);

    private static string Outcome(Func<string> render)
    {
        try
        {
            return render();
        }
        catch (FineTuneException exception)
        {
            return exception.Report;
        }
    }
}
