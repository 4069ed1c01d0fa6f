using FineTune.Prompts;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>conformance/templates/jinja-suite.json: the language, interpreted.</summary>
public sealed class JinjaSuiteTests(ConformanceReport report)
{
    private const string FileName = "jinja-suite.json";

    private static readonly Lazy<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> Suite = new(() => TemplateCases.Of(FileName));

    public static TheoryData<string?> Cases => CaseRows.Of(Suite.Value.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void Interpreted(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = Suite.Value[id];
        ConformanceRun.Check(report, TemplateCases.Area, $"jinja-suite/{id}", ["jinja:language"], check => TemplateComparison.Compare(
            check,
            test,
            id.StartsWith("error-lines", StringComparison.Ordinal),
            () => TemplateComparison.Render(
                ChatTemplate.Parse(test.GetProperty("template").GetString()!),
                TemplateComparison.Variables(TemplateCases.File(FileName)!.Value.GetProperty("standard_context"), test)).Text));
    }
}
