using System.Text.Json;
using FineTune.Prompts;

namespace FineTune.Tests.Templates;

/// <summary>Messages, options and model folders.</summary>
public sealed class ChatTemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finetune").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AMessageOfTheCodeIsTheMessageOfTheData()
    {
        var code = new ChatMessage("assistant", "A")
        {
            ReasoningContent = "R",
            ToolCalls = [new ChatToolCall("f", JsonSerializer.SerializeToElement(new { x = 1 }), "1")],
            ToolCallId = "2",
            Name = "N",
            Fields = new Dictionary<string, JsonElement> { ["weight"] = JsonSerializer.SerializeToElement(0.5) },
            Train = true,
        };
        var data = Read("""{"role": "assistant", "content": "A", "reasoning_content": "R", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": {"x": 1}}}], "tool_call_id": "2", "name": "N", "weight": 0.5, "train": true}""");
        var template = ChatTemplate.Parse("{{ messages[0] }}");
        Assert.Equal(template.Format([code]), template.Format([data]));
        Assert.DoesNotContain("train", template.Format([data]), StringComparison.Ordinal);
        foreach (var message in new[] { code, data })
        {
            Assert.Equal(("assistant", "A", "R", "2", "N", true), (message.Role, message.Content, message.ReasoningContent, message.ToolCallId, message.Name, message.Train));
            Assert.Equal(("f", "1", 1), (message.ToolCalls![0].Name, message.ToolCalls[0].Id, message.ToolCalls[0].Arguments.GetProperty("x").GetInt32()));
        }
    }

    [Fact]
    public void PartsAreContent()
    {
        var message = new ChatMessage("user") { Parts = [new ChatPart("text", "T"), new ChatPart("image") { Fields = new Dictionary<string, JsonElement> { ["url"] = JsonSerializer.SerializeToElement("u") } }] };
        Assert.Equal("[{'type': 'text', 'text': 'T'}, {'type': 'image', 'url': 'u'}]", ChatTemplate.Parse("{{ messages[0].content }}").Format([message]));
        Assert.Equal(["T", null], message.Parts!.Select(part => part.Text));
        Assert.Null(message.Content);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void AMessageIsAnObject(string json) => Assert.Equal("FT5510", Assert.Throws<FineTuneException>(() => Read(json)).Code);

    [Fact]
    public void NumbersKeepTheirForm() => Assert.Equal(
        "[1, 1.0, 1e+16, 123456789012345678901234567890, 1.5, True, None]",
        ChatTemplate.Parse("{{ messages[0].content }}").Format([Read("""{"role": "user", "content": [1, 1.0, 1e16, 123456789012345678901234567890, 1.5, true, null]}""")]));

    [Fact]
    public void VariablesAndToolsReachTheTemplate()
    {
        var template = ChatTemplate.Parse("{{ tools | tojson }}{{ flag }}{{ bos_token }}{{ documents is none }}{{ strftime_now('%Y') }}").With(new Dictionary<string, string> { ["bos_token"] = "<s>" });
        var options = new ChatRenderOptions
        {
            Tools = JsonSerializer.SerializeToElement(new[] { new { name = "f" } }),
            Variables = new Dictionary<string, JsonElement> { ["flag"] = JsonSerializer.SerializeToElement(false) },
            Now = new DateTime(2026, 1, 31),
        };
        Assert.Equal("""[{"name": "f"}]False<s>True2026""", template.Format([new("user", "U")], options));
    }

    [Theory]
    [InlineData("{{ x.y }}", "FT5502", 1)]
    [InlineData("\n{{ 1 + 'a' }}", "FT5504", 2)]
    [InlineData("{{ raise_exception('no') }}", "FT5501", 1)]
    [InlineData("{{ messages.append(1) }}", "FT5503", 1)]
    [InlineData("a\n\n{{ 'a' * 10 ** 10 }}", "FT5505", 3)]
    public void FailuresHaveACodeAndALine(string source, string code, int line)
    {
        var exception = Assert.Throws<FineTuneException>(() => ChatTemplate.Parse(source, "t.jinja").Format([new("user", "U")]));
        Assert.Equal((code, $"t.jinja:{line}"), (exception.Code, exception.Place));
    }

    [Fact]
    public void ABrokenTemplateIsAnErrorAtItsLine()
    {
        var exception = Assert.Throws<FineTuneException>(() => ChatTemplate.Parse("a\n{{ x y }}", "t.jinja"));
        Assert.Equal(("FT5500", "t.jinja:2"), (exception.Code, exception.Place));
    }

    [Fact]
    public void OptionsThatContradictAreAnError()
    {
        var template = ChatTemplate.Parse("{{ messages[0].content | upper }}");
        Assert.Equal("FT5506", Assert.Throws<FineTuneException>(() => template.Format([])).Code);
        Assert.Equal("FT5506", Assert.Throws<FineTuneException>(() => template.Format([new("user", "u")], new() { AddGenerationPrompt = true, ContinueFinalMessage = true })).Code);
        Assert.Equal("FT5506", Assert.Throws<FineTuneException>(() => template.Format([new("user", "u")], new() { ContinueFinalMessage = true })).Code);
        Assert.Equal("FT5506", Assert.Throws<FineTuneException>(() => template.Format([new("user", "u")], new() { ContinueFinalMessage = true, ContinueFinalField = "name" })).Code);
    }

    [Fact]
    public void AFolderHasItsTemplateAndTokens()
    {
        Assert.Equal("FT5508", Assert.Throws<FineTuneException>(() => ChatTemplate.FromModelFolder(_folder)).Code);
        Write("tokenizer_config.json", """{"bos_token": {"content": "<s>"}, "eos_token": "</s>", "chat_template": "C{{ bos_token }}{{ eos_token }}"}""");
        Assert.Equal("C<s></s>", ChatTemplate.FromModelFolder(_folder).Format([new("user", "u")]));
        Write("chat_template.jinja", "J{{ bos_token }}");
        Assert.Equal("J<s>", ChatTemplate.FromModelFolder(_folder).Format([new("user", "u")]));
        Assert.EndsWith("chat_template.jinja", ChatTemplate.FromModelFolder(_folder).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderMayHaveSeveralTemplates()
    {
        Write("tokenizer_config.json", """{"chat_template": [{"name": "default", "template": "D"}, {"name": "tool_use", "template": "T"}]}""");
        Assert.Equal("D", ChatTemplate.FromModelFolder(_folder).Format([new("user", "u")]));
        Assert.Equal("T", ChatTemplate.FromModelFolder(_folder, "tool_use").Format([new("user", "u")]));
        Assert.Equal("FT5508", Assert.Throws<FineTuneException>(() => ChatTemplate.FromModelFolder(_folder, "rag")).Code);
        Write("tokenizer_config.json", "{");
        Assert.Equal("FT5509", Assert.Throws<FineTuneException>(() => ChatTemplate.FromModelFolder(_folder)).Code);
    }

    [Fact]
    public void ACompiledTemplateWithTheSameTextIsTaken()
    {
        const string Source = "a\n{{ bos_token }}";
        var compiled = TemplateCompiler.Compile([Source])[Source];
        Write("tokenizer_config.json", """{"bos_token": "<s>"}""");
        Write("chat_template.jinja", "a\r\n{{ bos_token }}");
        var template = ChatTemplate.FromModelFolder(_folder, compiled: [ChatTemplate.Parse("other"), compiled]);
        Assert.Equal(compiled.GetType(), template.GetType());
        Assert.Equal("a\n<s>", template.Format([new("user", "u")]));
        Assert.Empty(compiled.SpecialTokens);
    }

    private static ChatMessage Read(string json) => ChatMessage.FromJson(JsonDocument.Parse(json).RootElement);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
