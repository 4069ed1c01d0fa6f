using System.Text.Json;
using FineTune.App;
using FineTune.Prompts;
using FineTune.Training;

namespace FineTune.Tests.Data;

[Collection(nameof(RandomState))]
public sealed class ConversationTests : IDisposable
{
    private const string Call = """{"conversations":[{"from":"human","value":"red"},{"from":"function_call","value":"{\"name\":\"one\",\"arguments\":{\"a\":1}}"},{"from":"observation","value":"two"},{"from":"gpt","value":"three"}],"tools":"[{\"name\":\"one\"}]"}""";

    private readonly ChatProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(TrainOn.Assistant, "user:\nred<|end|>\nassistant:\n[one<|end|>]\nuser:\nblue<|end|>\nassistant:\n[two<|end|>]\n")]
    [InlineData(TrainOn.Last, "user:\nred<|end|>\nassistant:\none<|end|>\nuser:\nblue<|end|>\nassistant:\n[two<|end|>]\n")]
    public void TheAssistant_IsTrained_WithTheTokenThatEndsItsTurn(TrainOn trainOn, string expected)
    {
        _project.Options = _project.Options with { Data = _project.Options.Data with { TrainOn = trainOn } };
        _project.Write(ChatProject.Row("user: red", "assistant: one", "user: blue", "assistant: two"));
        Assert.Equal(expected, _project.Show());
    }

    [Fact]
    public void AMessagesOwnFlag_Wins()
    {
        _project.Options = _project.Options with { Data = _project.Options.Data with { TrainOn = TrainOn.None } };
        _project.Write("""{"messages":[{"role":"user","content":"red"},{"role":"assistant","content":"one"},{"role":"user","content":"blue"},{"role":"assistant","content":"two","train":true}]}""");
        Assert.Equal("user:\nred<|end|>\nassistant:\none<|end|>\nuser:\nblue<|end|>\nassistant:\n[two<|end|>]\n", _project.Show());
    }

    [Fact]
    public void ShareGpt_IsTranslated_ToolCallsIncluded()
    {
        using var project = new ChatProject("{{ tools | length if tools else 0 }}" + ChatProject.Template);
        project.Pipeline.ShareGpt = true;
        project.Write(Call);
        Assert.Equal("1user:\nred<|end|>\nassistant:\n[ call one<|end|>]\ntool:\ntwo<|end|>\nassistant:\n[three<|end|>]\n", project.Show());
    }

    [Fact]
    public void TheRecipesOwnTemplate_StandsInForTheModels()
    {
        var path = Path.Combine(_project.Root, "own.jinja");
        File.WriteAllText(path, "{% for m in messages %}<{{ m.content }}>{{ eos_token }}{% endfor %}");
        _project.Options = _project.Options with { Data = _project.Options.Data with { ChatTemplate = path, TrainOn = TrainOn.All } };
        _project.Write(ChatProject.Row("user: red", "assistant: one"));
        Assert.Equal("<[red><|end|><one><|end|>]", _project.Show());
    }

    [Fact]
    public void GoodRows_HaveNoFindings()
    {
        _project.Write(ChatProject.Row("system: north", "user: red", "assistant: one"), ChatProject.Row("user: red", "assistant: one", "user: blue", "assistant: two"));
        Assert.Empty(_project.Findings());
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "1 FT5122")]
    [InlineData("""{"messages":[{"role":"human","content":"red"},{"role":"assistant","content":"one"}]}""", "1 FT5120")]
    [InlineData("""{"messages":[{"content":"red"}]}""", "1 FT5120")]
    [InlineData("""{"messages":[{"role":"user","content":"red"},{"role":"assistant","content":" "}]}""", "1 FT5121")]
    [InlineData("""{"messages":[{"role":"user","content":""},{"role":"assistant","content":"one"}]}""", "1 FT5140")]
    [InlineData("""{"messages":[{"role":"user","content":"red"},{"role":"assistant","content":"one"},{"role":"user","content":"blue"}]}""", "1 FT5141")]
    [InlineData("""{"messages":[{"role":"user","content":"red"}]}""", "1 FT5141", "1 FT5311")]
    [InlineData("""{"messages":[{"role":"user","content":"red <|end|> x"},{"role":"assistant","content":"one"}]}""", "1 FT5147")]
    [InlineData("""{"messages":[{"role":"user","content":"red"},{"role":"assistant","content":"one"}],"tools":[{"name":"f"}]}""", "1 FT5127")]
    [InlineData("""{"messages":"red"}""", "1 FT5012")]
    [InlineData("""{"messages":[1]}""", "1 FT5012")]
    [InlineData("""{"messages":[{"role":"user","content":"a\ud800"}]}""", "1 FT5012")]
    public void WhatIsWrongWithARow_IsFound(string row, params string[] expected)
    {
        _project.Write(row);
        Assert.Equal(expected, _project.Findings());
    }

    [Fact]
    public void ATemplateThatDropsMessages_IsFound()
    {
        using var project = new ChatProject("{% for m in messages %}{% if m.role in ['user', 'assistant'] %}{{ m.role }}:\n{{ m.content }}<|end|>\n{% endif %}{% endfor %}{% if add_generation_prompt %}assistant:\n{% endif %}");
        project.Write(ChatProject.Row("system: north", "user: red", "assistant: one"), ChatProject.Row("user: red", "assistant: one", "tool: south", "assistant: two"));
        Assert.Equal(["1 FT5124", "2 FT5142"], project.Findings());
        Assert.Equal("FT5124", Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options)).Code);
    }

    [Fact]
    public void ATemplateThatRefusesARow_IsToldWithTheRowsRoles()
    {
        using var project = new ChatProject("{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}" + ChatProject.Template);
        project.Write(ChatProject.Row("user: red", "assistant: one"), ChatProject.Row("system: north", "user: red", "assistant: one"));
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options));
        Assert.Equal(("FT5501", $"{project.DataPath}:2"), (error.Code, error.Place));
        Assert.Contains("System role not supported", error.Message, StringComparison.Ordinal);
        Assert.Contains("the row's roles are system, user, assistant", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATurnWithoutAnEndToken_IsFound()
    {
        using var project = new ChatProject("{% for m in messages %}{{ m.role }}:\n{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant:\n{% endif %}");
        project.Write(ChatProject.Row("user: red", "assistant: one"));
        Assert.Contains("1 FT5144", project.Findings());
    }

    [Fact]
    public void ABeginningThatTheTemplateForgets_OrWritesTwice_IsFound()
    {
        _project.Tiny.MakeTokenizerBeginTexts();
        _project.Write(ChatProject.Row("user: red", "assistant: one"));
        Assert.Equal(["1 FT5143"], _project.Findings());

        using var twice = new ChatProject("{{ bos_token }}{{ bos_token }}" + ChatProject.Template);
        twice.Tiny.MakeTokenizerBeginTexts();
        twice.Write(ChatProject.Row("user: red", "assistant: one"));
        Assert.Equal(["1 FT5125"], twice.Findings());
    }

    [Fact]
    public void AModelWithoutATemplate_IsAnError()
    {
        using var project = new ChatProject(template: null);
        project.Write(ChatProject.Row("user: red", "assistant: one"));
        Assert.Equal("FT5126", Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options)).Code);
    }

    [Fact]
    public void AnotherTemplate_IsAnotherRun()
    {
        _project.Write(ChatProject.Row("user: red", "assistant: one"));
        var path = Path.Combine(_project.Root, "own.jinja");
        File.WriteAllText(path, "one");
        _project.Options = _project.Options with { Data = _project.Options.Data with { ChatTemplate = path } };
        var one = RunIdentity.Of(_project.Options, RunInputs.Of(_project.Options));
        File.WriteAllText(path, "two");
        Assert.NotEqual(one, RunIdentity.Of(_project.Options, RunInputs.Of(_project.Options)));
    }

    [Fact]
    public void WhatAModelIsAsked_EndsWithTheAssistantsHeader()
    {
        Assert.Equal("user:\nred<|end|>\nassistant:\n", PromptInput.Context(_project.Pipeline, _project.Options, "red"));
        Assert.Equal("user:\nred<|end|>\nassistant:\n", PromptInput.Context(_project.Pipeline, _project.Options, ChatProject.Row("user: red")));
        Assert.Equal("user:\nred<|end|>\nassistant:\none<|end|>\nuser:\ntwo<|end|>\nassistant:\n", PromptInput.Context(_project.Pipeline, _project.Options, ChatProject.Row("user: red", "assistant: one", "user: two", "assistant: three")));
    }

    [Fact]
    public void APreview_ShowsWhoSpeaks()
    {
        _project.Write(ChatProject.Row("system: north", "user: red", "assistant: one"));
        var row = Assert.Single(RowPreview.Read(_project.Pipeline, _project.Options, new(Test: false, 5)).Rows);
        var first = 0;
        var shown = row.Messages.Select(message =>
        {
            var text = string.Concat(row.Tokens.Take(first..message.End).Select(token => token.Text));
            first = message.End;
            return (message.Role, text);
        });
        Assert.Equal([("system", "system:\nnorth<|end|>\n"), ("user", "user:\nred<|end|>\n"), ("assistant", "assistant:\none<|end|>\n")], shown);
    }

    [Fact]
    public void PromptsAndCompletions_MayBeMessages()
    {
        var builder = new PromptBuilder(new ChatFormat(() => ChatTemplate.Parse(ChatProject.Template), TrainOn.Assistant));
        builder.PromptAndCompletion(
            TextOrMessages.Of([new ChatMessage("user", "a"), new ChatMessage("assistant", "b"), new ChatMessage("user", "c")]), TextOrMessages.Of([new ChatMessage("assistant", "d")]));
        Assert.Equal("user:\na<|end|>\nassistant:\nb<|end|>\nuser:\nc<|end|>\nassistant:\n[d<|end|>]\n", string.Concat(builder.Build().Segments.Select(segment => segment.Trained ? $"[{segment.Text}]" : segment.Text)));

        Assert.Equal("FT5123", Assert.Throws<FineTuneException>(() => builder.PromptAndCompletion("a", TextOrMessages.Of([new ChatMessage("assistant", "d")]))).Code);
    }

    /// <summary>Real conversations with calls of tools, and the template of a real model.</summary>
    [Fact]
    public void RealConversations_AreRendered_WithOnlyWhatTheAssistantSaysTrained()
    {
        var file = Path.Combine(Conformance.ConformanceFolder.RequireAssets(), "datasets", "tool-calls-demo", "glaive_toolcall_en_demo.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        using var project = new ChatProject();
        project.Pipeline.ShareGpt = true;
        var count = 0;
        foreach (var row in document.RootElement.EnumerateArray())
        {
            project.Write(JsonSerializer.Serialize(new { conversations = row.GetProperty("conversations") }));
            var shown = project.Show();
            var turns = row.GetProperty("conversations").EnumerateArray().Count(turn => turn.GetProperty("from").GetString() is "gpt" or "function_call");
            Assert.Equal(turns, shown.Split("<|end|>]").Length - 1);
            count++;
        }

        Assert.Equal(300, count);
    }
}
