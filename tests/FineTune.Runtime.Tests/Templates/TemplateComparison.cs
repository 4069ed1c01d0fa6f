using System.Text.Json;
using FineTune.Prompts;
using FineTune.Prompts.Templates;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>Compares what a template gives, or how it fails, with a case.</summary>
internal static class TemplateComparison
{
    private static readonly string[] ExactKinds = ["raise", "undefined", "security", "syntax", "overflow", "zero-division", "recursion"];

    /// <summary>Renders a snippet on variables.</summary>
    public static TemplateOutput Render(ChatTemplate template, IReadOnlyDictionary<string, object?> variables) =>
        ChatRendering.Run(template, variables, TemplateCases.Now, 0);

    /// <summary>The variables of a snippet: the file's, with those of the case over them.</summary>
    public static IReadOnlyDictionary<string, object?> Variables(JsonElement context, JsonElement test)
    {
        var variables = context.EnumerateObject().ToDictionary(property => property.Name, property => JsonValues.Read(property.Value));
        if (test.TryGetProperty("context", out var more))
        {
            foreach (var property in more.EnumerateObject())
                variables[property.Name] = JsonValues.Read(property.Value);
        }

        return variables;
    }

    public static void Compare(ConformanceCheck check, JsonElement test, bool compareLine, Func<string> render)
    {
        string got;
        try
        {
            got = render();
        }
        catch (FineTuneException exception)
        {
            CompareError(check, test, compareLine, exception);
            return;
        }

        if (test.TryGetProperty("error", out var error))
            check.Fail($"expected {error}, got output {Shown(got)}");
        else if (test.GetProperty("output").ValueKind == JsonValueKind.String && test.GetProperty("output").GetString() is var expected && expected != got)
            check.Fail($"expected {Shown(expected!)}, got {Shown(got)}");
    }

    public static void CompareError(ConformanceCheck check, JsonElement test, bool compareLine, FineTuneException exception)
    {
        if (!test.TryGetProperty("error", out var error))
        {
            check.Fail($"expected an output, got {exception.Report}");
            return;
        }

        var kind = error.GetProperty("kind").GetString()!;
        var got = TemplateErrors.Of(exception);
        var found = got is { } of ? Name(of.Kind) : "value";
        if (ExactKinds.Contains(kind) ? found != kind : ExactKinds.Contains(found) || found == "limit")
            check.Fail($"expected {kind} ({error.GetProperty("message")}), got {found}: {exception.Report}");
        if (kind == "raise" && !exception.Message.EndsWith(": " + error.GetProperty("message").GetString(), StringComparison.Ordinal))
            check.Fail($"expected the message {error.GetProperty("message")}, got {exception.Message}");
        if (got is not null && !exception.Place!.EndsWith($":{got.Value.Line}", StringComparison.Ordinal))
            check.Fail($"the message has no line: {exception.Report}");
        if ((compareLine || kind is "syntax" or "raise") && error.TryGetProperty("line", out var line) && line.ValueKind == JsonValueKind.Number)
            check.Equal("line", line.GetInt32(), got?.Line ?? 0);
    }

    private static string Name(TemplateErrorKind kind) => kind == TemplateErrorKind.ZeroDivision ? "zero-division" : kind.ToString().ToLowerInvariant();

    private static string Shown(string text) => JsonSerializer.Serialize(text.Length > 400 ? text[..400] + "…" : text);
}
