using System.Text.RegularExpressions;
using FineTune.Prompts;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>conformance/templates/jinja-suite.json: the language, interpreted.</summary>
public sealed class JinjaSuiteTests(ConformanceReport report)
{
    private const string FileName = "jinja-suite.json";

    private static readonly Lazy<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> Suite = new(() => TemplateCases.Of(FileName));

    private static readonly Regex SurrogatePair = new(@"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}", RegexOptions.IgnoreCase);

    public static TheoryData<string?> Cases => CaseRows.Of(Suite.Value.Keys);

    /// <summary>What a snippet needs that not every snippet does.</summary>
    internal static string Feature(string template) => SurrogatePair.IsMatch(template) ? "jinja:surrogate-pair" : "jinja:language";

    [Theory, MemberData(nameof(Cases))]
    public void Interpreted(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = Suite.Value[id];
        ConformanceRun.Check(report, TemplateCases.Area, $"jinja-suite/{id}", [Feature(test.GetProperty("template").GetString()!)], check => TemplateComparison.Compare(
            check,
            test,
            id.StartsWith("error-lines", StringComparison.Ordinal),
            () => TemplateComparison.Render(
                ChatTemplate.Parse(test.GetProperty("template").GetString()!),
                TemplateComparison.Variables(TemplateCases.File(FileName)!.Value.GetProperty("standard_context"), test)).Text));
    }
}
