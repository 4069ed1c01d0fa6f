using System.Text.Json;
using FineTune.Prompts;
using FineTune.Prompts.Templates;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;

namespace FineTune.Tests.Templates;

/// <summary>conformance/templates/generation.json: what generation blocks wrote, and the tokens of it.</summary>
public sealed class GenerationSpanTests(ConformanceReport report)
{
    private const string FileName = "generation.json";

    private static readonly Lazy<IReadOnlyDictionary<string, JsonElement>> SpanCases = new(() => TemplateCases.Of(FileName));

    private static readonly Lazy<IReadOnlyDictionary<string, JsonElement>> MaskCases = new(() => TemplateCases.Of(FileName, "masks"));

    private static readonly Dictionary<string, Tokenizer> Tokenizers = [];

    public static TheoryData<string?> Spans => CaseRows.Of(SpanCases.Value.Keys);

    public static TheoryData<string?> Masks => CaseRows.Of(MaskCases.Value.Keys);

    [Theory, MemberData(nameof(Spans))]
    public void Interpreted(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = SpanCases.Value[id];
        ConformanceRun.Check(report, TemplateCases.Area, $"generation/{id}", [$"generation:{id}"], check =>
            Compare(check, test, () => ChatTemplate.Parse(test.GetProperty("template").GetString()!)));
    }

    /// <summary>Compares one case; also for compiled templates.</summary>
    internal static void Compare(ConformanceCheck check, JsonElement test, Func<ChatTemplate> create) => TemplateComparison.Compare(check, test, compareLine: false, () =>
    {
        var output = TemplateComparison.Render(create(), TemplateComparison.Variables(TemplateCases.File("jinja-suite.json")!.Value.GetProperty("standard_context"), test));
        if (!test.TryGetProperty("quirk", out _) && test.TryGetProperty("spans16", out var spans))
            check.SequenceEqual("spans", spans.EnumerateArray().Select(offset => offset.GetInt32()), output.Spans.SelectMany(span => new[] { span.Start, span.End }));
        // Each block's text begins with g and ends with G; one that a filter made upper case, with G.
        foreach (var span in output.Spans.Where(span => span.End > span.Start))
        {
            var text = output.Text[span.Start..span.End];
            if (text.Trim() is var trimmed && (trimmed[0] is not ('g' or 'G') || trimmed[^1] != 'G'))
                check.Fail($"a block's text is not '{text}'");
        }

        if (test.GetProperty("template").GetString()!.Contains("{% generation %}g", StringComparison.Ordinal) && output.Text.Contains('G'))
            check.Equal("has spans", true, output.Spans.Count > 0);
        return output.Text;
    });

    [Theory, MemberData(nameof(Masks))]
    public void Mask(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = MaskCases.Value[id];
        ConformanceRun.Check(report, TemplateCases.Area, $"generation/masks/{int.Parse(id, null)}", [MaskFeature(test)], check =>
        {
            var name = test.GetProperty("template").GetString()!;
            var file = TemplateCases.File($"renderings/{name}.json")!.Value;
            var template = ChatTemplate.Parse(TemplateCases.Source(file))
                .With(TemplateFolder.ReadTokens(ConformanceFolder.Resolve($"assets/tokenizers/{test.GetProperty("tokenizer").GetString()}")));
            var messages = RenderingCase.Conversation(test.GetProperty("conversation").GetString()!).Select(ChatMessage.FromJson).ToList();
            var chat = template.Render(messages, options: new ChatRenderOptions { Now = TemplateCases.Now });
            var (ids, trained) = chat.Tokenize(Load(test.GetProperty("tokenizer").GetString()!));
            check.SequenceEqual("ids", test.GetProperty("ids").EnumerateArray().Select(token => token.GetInt32()), ids);
            check.Equal("mask", test.GetProperty("mask").GetString()!, string.Concat(trained.Select(flag => flag ? '1' : '0')));
        });
    }

    // transformers 5 makes such a tokenizer anew, and text behind a special token is then cut otherwise than by its tokenizer.json.
    private static string MaskFeature(JsonElement test)
    {
        var folder = ConformanceFolder.Resolve($"assets/tokenizers/{test.GetProperty("tokenizer").GetString()}");
        var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "tokenizer_config.json"))).RootElement;
        var text = string.Concat(RenderingCase.Conversation(test.GetProperty("conversation").GetString()!).Select(message => message.GetRawText()));
        return config.TryGetProperty("legacy", out var legacy) && legacy.ValueKind == JsonValueKind.False
            && TemplateFolder.ReadTokens(folder).Values.Any(token => text.Contains(token, StringComparison.Ordinal))
                ? "mask:special-tokens-without-legacy"
                : "mask:tokens";
    }

    private static Tokenizer Load(string name)
    {
        lock (Tokenizers)
        {
            if (!Tokenizers.TryGetValue(name, out var tokenizer))
                Tokenizers.Add(name, tokenizer = Tokenizer.Load(ConformanceFolder.Resolve($"assets/tokenizers/{name}")));
            return tokenizer;
        }
    }
}
