using System.Text.Json;
using FineTune.Prompts;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>Which parts of a rendered conversation are trained.</summary>
public sealed class ChatTrainingTests
{
    private const string ChatMl = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    private const string Blocks = "{% for m in messages %}<|{{ m.role }}|>{% if m.role == 'assistant' %}{% generation %}{{ m.content }}</s>{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}";

    // As templates of reasoning models do: what the last turn has, earlier ones have not.
    private const string Thinking = "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' and loop.last %}<think>\n{{ m.reasoning_content }}\n</think>\n{% endif %}{{ m.content | trim }}<|im_end|>\n{% endfor %}"
        + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    private static readonly ChatMessage[] Conversation =
        [new("system", "S"), new("user", "U1"), new("assistant", "A1"), new("user", "U2"), new("assistant", " A2 ")];

    [Theory]
    [InlineData(TrainOn.Assistant, "A1<|im_end|>", " A2 <|im_end|>")]
    [InlineData(TrainOn.Last, " A2 <|im_end|>")]
    [InlineData(TrainOn.None)]
    [InlineData(TrainOn.All, "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nU2<|im_end|>\n<|im_start|>assistant\n A2 <|im_end|>\n")]
    public void PartsFollowFromDifferences(TrainOn trainOn, params string[] expected) => Assert.Equal(expected, Trained(ChatMl, Conversation, trainOn));

    [Fact]
    public void AMessagesFlagWins()
    {
        ChatMessage[] messages = [new("user", "U1") { Train = true }, new("assistant", "A1") { Train = false }, new("user", "U2"), new("assistant", "A2")];
        Assert.Equal(["<|im_start|>user\nU1<|im_end|>", "A2<|im_end|>"], Trained(ChatMl, messages, TrainOn.Assistant));
        Assert.Equal(["<|im_start|>user\nU1<|im_end|>"], Trained(ChatMl, messages, TrainOn.None));
        Assert.Equal(["<|im_start|>user\nU1<|im_end|>", "<|im_start|>user\nU2<|im_end|>", "<|im_start|>assistant\nA2<|im_end|>"], Trained(ChatMl, messages, TrainOn.All));
    }

    [Fact]
    public void AnAssistantThatSpeaksFirstIsTrainedWithoutItsHeader() =>
        Assert.Equal(["A<|im_end|>"], Trained(ChatMl, [new("assistant", "A"), new("user", "U")], TrainOn.Assistant));

    [Fact]
    public void AFinalEndOfSequenceTokenIsNoObstacle()
    {
        // Phi-3.5's way: every conversation ends with it, wherever it ends.
        const string Template = "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}<|end|>\n{% endfor %}{% if add_generation_prompt %}<|assistant|>\n{% else %}{{ eos_token }}{% endif %}";
        Assert.Equal(["A1<|end|>", " A2 <|end|>\n</s>"], Trained(Template, Conversation, TrainOn.Assistant));
    }

    [Fact]
    public void BlocksAreTrained()
    {
        Assert.Equal(["A1</s>", " A2 </s>"], Trained(Blocks, Conversation, TrainOn.Assistant));
        Assert.Equal([" A2 </s>"], Trained(Blocks, Conversation, TrainOn.Last));
    }

    [Fact]
    public void BlocksThatAreNotOneAMessageAreAnErrorWhereSomeAreTrained()
    {
        const string Split = "{% for m in messages if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% generation %}</s>{% endgeneration %}{% endfor %}";
        Assert.Equal(["A1</s> A2 </s>"], Trained(Split, Conversation, TrainOn.Assistant));
        AssertFails("FT5511", Split, Conversation, TrainOn.Last);
    }

    [Fact]
    public void BlocksKeepTheirPartsThroughMacrosSetBlocksAndTrims()
    {
        const string Template = "{% macro turn(m) %}  {% generation %}{{ m.content }}!{% endgeneration %} {% endmacro %}{% for m in messages %}{% if m.role == 'assistant' %}{% set text %}{{ turn(m) }}{% endset %}<{{ text | trim }}>{{ text.strip() ~ '.' }}{% endif %}{% endfor %}";
        Assert.Equal(["A1!", "A1!", "A2 !", "A2 !"], Trained(Template, Conversation, TrainOn.Assistant).Select(part => part.TrimStart()));
    }

    [Fact]
    public void ABlockThatIsChangedBehindItIsAnError() =>
        AssertFails("FT5512", "{% for m in messages %}{% set t %}x{% generation %}{{ m.content }}{% endgeneration %}{% endset %}{{ t | replace('A', 'longer') }}{% endfor %}", Conversation, TrainOn.Assistant);

    [Fact]
    public void TurnsOfReasoningTemplatesAreFound()
    {
        ChatMessage[] messages = [new("user", "U1"), new("assistant", "A1") { ReasoningContent = "R1" }, new("user", "A1"), new("assistant", " A2\n") { ReasoningContent = "R2" }];
        Assert.Equal(["A1<|im_end|>", "<think>\nR2\n</think>\nA2<|im_end|>"], Trained(Thinking, messages, TrainOn.Assistant));
    }

    [Fact]
    public void WhatCannotBeToldIsAnError()
    {
        // The content itself depends on what follows.
        AssertFails("FT5507", "{% for m in messages %}<{{ m.role }}>{{ m.content if loop.last else m.content[::-1] }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}", Conversation, TrainOn.Assistant);
        // Fewer messages are refused.
        AssertFails("FT5507", "{{ raise_exception('all') if messages | length < 5 }}{% for m in messages %}{{ m.content }}{% endfor %}", Conversation, TrainOn.Assistant);
    }

    [Fact]
    public void ThePromptHasTheParts()
    {
        var prompt = ChatTemplate.Parse(ChatMl).Render(Conversation, TrainOn.Last).ToPrompt();
        Assert.Equal(["<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nU2<|im_end|>\n<|im_start|>assistant\n", " A2 <|im_end|>", "\n"], prompt.Segments.Select(segment => segment.Text));
        Assert.Equal([false, true, false], prompt.Segments.Select(segment => segment.Trained));
    }

    public static TheoryData<string?> TrlTemplates => CaseRows.Of(TemplateCases.File("trl-training.json") is { } file
        ? file.GetProperty("templates").EnumerateArray().Select(template => template.GetProperty("template").GetString()!)
        : []);

    /// <summary>What TRL says of templates that it knows: blocks or none, and whether earlier turns stay as they are.</summary>
    [Theory, MemberData(nameof(TrlTemplates))]
    public void AgreesWithTrl(string? name)
    {
        CaseRows.SkipIfNone(name);
        var known = TemplateCases.File("trl-training.json")!.Value.GetProperty("templates").EnumerateArray().First(template => template.GetProperty("template").GetString() == name);
        var file = TemplateCases.File($"renderings/{known.GetProperty("same_text_as")[0].GetString()}.json")!.Value;
        var template = RenderingTests.WithTokens(ChatTemplate.Parse(TemplateCases.Source(file)), file);
        Assert.Equal(known.GetProperty("has_generation_markers").GetBoolean(), template.HasGenerationBlocks);

        ChatMessage[] messages = name == "smolvlm"
            ? [.. Conversation.Skip(1).Select(message => new ChatMessage(message.Role) { Parts = [new ChatPart("text", message.Content)] })]
            : [new("user", "U1"), new("assistant", "A1"), new("user", "U2"), new("assistant", "A2")];
        var text = template.Format(messages);
        if (known.GetProperty("prefix_preserving").ValueKind != JsonValueKind.String)
            Assert.Equal(known.GetProperty("prefix_preserving").GetBoolean(), text.StartsWith(template.Format(messages[..2]), StringComparison.Ordinal));
        var trained = template.Render(messages);
        Assert.Equal(2, trained.Trained.Count);
        Assert.All(trained.Trained.Zip(["A1", "A2"]), pair => Assert.Contains(pair.Second, trained.Text[pair.First.Start..pair.First.End], StringComparison.Ordinal));
        Assert.All(trained.Trained, span => Assert.DoesNotContain("U", trained.Text[span.Start..span.End], StringComparison.Ordinal));
    }

    private static IEnumerable<string> Trained(string template, ChatMessage[] messages, TrainOn trainOn)
    {
        var chat = ChatTemplate.Parse(template).With(new Dictionary<string, string> { ["eos_token"] = "</s>" }).Render(messages, trainOn);
        return chat.Trained.Select(span => chat.Text[span.Start..span.End]);
    }

    private static void AssertFails(string code, string template, ChatMessage[] messages, TrainOn trainOn) =>
        Assert.Equal(code, Assert.Throws<FineTuneException>(() => ChatTemplate.Parse(template).Render(messages, trainOn)).Code);
}
