using System.Text.Json;
using FineTune.Prompts;
using FineTune.Prompts.Templates;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>conformance/templates/renderings: real templates on conversations, interpreted.</summary>
public sealed class RenderingTests(ConformanceReport report)
{
    private static readonly Dictionary<string, ChatTemplate> Templates = [];

    public static TheoryData<string?> Cases => CaseRows.Of(TemplateCases.Renderings.SelectMany(
        name => TemplateCases.Of($"renderings/{name}.json").Keys.Select(id => $"{name}/{id}")));

    [Theory, MemberData(nameof(Cases))]
    public void Interpreted(string? id)
    {
        CaseRows.SkipIfNone(id);
        var name = id[..id.LastIndexOf('/')];
        var file = TemplateCases.File($"renderings/{name}.json")!.Value;
        var index = int.Parse(id[(name.Length + 1)..], null);
        var test = file.GetProperty("cases")[index];
        ConformanceRun.Check(report, TemplateCases.Area, $"renderings/{name}/{index}", [$"rendering:{name}"], check =>
            Compare(check, Template(name, file), file, test));
    }

    /// <summary>Compares one case; also for compiled templates.</summary>
    internal static void Compare(ConformanceCheck check, ChatTemplate template, JsonElement file, JsonElement test)
    {
        var rendering = new RenderingCase(test);
        TemplateOutput output;
        try
        {
            output = ChatRendering.Render(template, rendering.Messages, rendering.Options);
        }
        catch (FineTuneException exception)
        {
            TemplateComparison.CompareError(check, test, compareLine: false, exception);
            return;
        }

        if (test.TryGetProperty("error", out var error))
        {
            check.Fail($"expected {error}, got output");
            return;
        }

        var expected = file.GetProperty("outputs")[test.GetProperty("output").GetInt32()].GetString()!;
        if (expected != output.Text)
        {
            var at = expected.AsSpan().CommonPrefixLength(output.Text);
            check.Fail($"differs at {at} of {expected.Length}: expected {Around(expected, at)}, got {Around(output.Text, at)}");
        }

        if ((test.TryGetProperty("spans16", out var spans) || test.TryGetProperty("spans", out spans)) && spans.ValueKind == JsonValueKind.Array)
            check.SequenceEqual("spans", spans.EnumerateArray().Select(offset => offset.GetInt32()), output.Spans.SelectMany(span => new[] { span.Start, span.End }));
    }

    internal static ChatTemplate WithTokens(ChatTemplate template, JsonElement file) => template.With(
        file.GetProperty("special_tokens").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetString()!));

    private static ChatTemplate Template(string name, JsonElement file)
    {
        lock (Templates)
        {
            if (!Templates.TryGetValue(name, out var template))
                Templates.Add(name, template = WithTokens(ChatTemplate.Parse(TemplateCases.Source(file)), file));
            return template;
        }
    }

    private static string Around(string text, int at) => JsonSerializer.Serialize(text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 60)]);
}
