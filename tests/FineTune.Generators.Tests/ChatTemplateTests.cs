using System.Text.RegularExpressions;
using FineTune.TestSupport;
using Microsoft.CodeAnalysis;

namespace FineTune.Generators.Tests;

/// <summary>The chat templates of recipes' models: what they are compiled to, and which of their mistakes the build tells.</summary>
public sealed class ChatTemplateTests
{
    private const string Head = "{% for m in messages %}{{ m.role }}{% endfor %}{{ add_generation_prompt }}\n";

    /// <summary>One mistake a template, behind a line that has none.</summary>
    private static readonly string[] Mistakes =
    [
        "{{ x + }}",
        "{% do x %}",
        "{% endfr %}",
        "{% for x in messages %}{% endif %}",
        "{{ messages | to_json }}",
        "{{ messages | map('uper') | list }}",
        "{{ messages is strin }}",
        "{{ messages | selectattr('role', 'equals', 'user') }}",
        "{% break %}",
        "{% macro f() %}{% continue %}{% endmacro %}",
        "{% import 'x' as y %}",
        "{{ messages | tojson(indnt=2) }}{{ messages | length(1) }}{{ 'a' | replace('b') }}{{ 3 is divisibleby }}{{ messages | join(',', d='') }}",
        "{% if len(messages) > 1 %}{% endif %}{{ rang(3) }}{{ frobnicate() }}",
        "{{ messages.append(1) }}{{ ''.__class__.__mro__ }}{% set ns = namespace(_x=1) %}{% set ns._y = 2 %}",
        "{{ raise_exception('no') }}",
        "{{ add_generation_promt }}{% set content = 1 %}{{ contnt }}",
        "{% for m in messages %}{% set last = m %}{% endfor %}{{ last.role }}{{ m.role }}",
        "{{ loop.index }}{% macro f() %}{{ loop.last }}{% endmacro %}",
        "{{ 'a' + 1 }}{% for m in messages %}{{ 'Turn ' + loop.index }}{% endfor %}{{ [1] + 'a' }}{{ 1 / 0 }}{{ none + 'a' }}{{ {} + {} }}{{ 'a' - 1 }}",
        "{% filter upper %}{% generation %}x{% endgeneration %}{% endfilter %}",
        "{% set state = {} %}{% set state.x = 1 %}{% set nothing.x = 1 %}",
        "{% macro f(role, text) %}{{ role }}{{ text }}{% endmacro %}{{ f(1, 2, 3) }}{{ f(1, txt=2) }}",
        "{% if messages %}{{ messages | fromjson }}{{ 'a' if messages is nosuch }}{% endif %}",
        "{{ " + new string('(', 100) + "1" + new string(')', 100) + " }}",
    ];

    [Fact]
    public void Compiled() => GeneratorTest.Run(
        [("models/tiny-docs.jinja", """
            {%- set ns = namespace(last=none) -%}
            {% macro turn(role, text='') %}<|{{ role }}|>{{ text | trim }}{% endmacro %}
            {% for message in messages if message.role != 'tool' %}
            {{ turn(message['role'], message.content) }}
            {% if message.role == 'assistant' and loop.index0 > 0 or loop.last %}
            {% generation %}{{ message.content ~ eos_token }}{% endgeneration %}
            {% elif not message.name is defined %}{% continue %}
            {% else %}{% set ns.last = message.name[1:] %}{{ 1 < 2 < 3 }}
            {% endif %}{% endfor %}
            {{ '<|assistant|>' if add_generation_prompt else tools | tojson(indent=2) }}
            """)],
        []).Verify();

    [Fact]
    public void MistakesAreTold()
    {
        var test = GeneratorTest.Run([.. Mistakes.Select((mistake, index) => ($"m{index:00}.jinja", Head + mistake)), ("m98.jinja", "Hello"), ("m99.jinja", "{{ messages }}")], []);
        Snapshot.Verify(test.DescribeDiagnostics(), "txt");
    }

    [Fact]
    public void EveryMistakeIsTold()
    {
        for (var i = 0; i < Mistakes.Length; i++)
            Assert.NotEqual("", GeneratorTest.Run([($"m{i}.jinja", Head + Mistakes[i])], []).Ids);
    }

    /// <summary>A template that no recipe renders by is nobody's concern, and one mistake of the recipe does not make it one.</summary>
    [Theory]
    [InlineData("prompt: '{a|completion}'", "")]
    [InlineData("type: text", "")]
    [InlineData("type: alpaca", "")]
    [InlineData("type: messages, chat_template: own.jinja", "")]
    [InlineData("prompt: '{a|completion}' }\ntraining: { epochs: -1", "FT1007")]
    [InlineData("type: messages", "FT1402")]
    [InlineData("type: sharegpt", "FT1402")]
    [InlineData("type: prompt_completion", "FT1402")]
    public void MistakesAreToldWhereTheTemplateIsUsed(string data, string ids)
    {
        var recipe = ("a.recipe.yaml", $"recipe: A\nmodel: {{ base: models/m }}\ndata: {{ train: t.jsonl, {data} }}\n");
        var template = ("models/m.jinja", Head + "{{ messages | to_json }}");
        Assert.Equal(ids, GeneratorTest.Run([recipe, template], []).Ids);
        if (ids.Length == 0)
        {
            var other = ("b.recipe.yaml", "recipe: B\nmodel: { base: models/m }\ndata: { train: t.jsonl, type: messages }\n");
            Assert.Equal("FT1402", GeneratorTest.Run([recipe, other, template], []).Ids);
        }
    }

    [Fact]
    public void PromptsAndCompletionsThatAreTextsUseNoTemplate()
    {
        var texts = TestFacts.Questions with { Name = "t.jsonl", Columns = new([new("prompt", Facts.ColumnKind.String), new("completion", Facts.ColumnKind.String)]) };
        var recipe = ("a.recipe.yaml", "recipe: A\nmodel: { base: models/m }\ndata: { train: t.jsonl }\n");
        Assert.Equal("", GeneratorTest.Run([recipe], [], facts: [TestFacts.File(texts), ("models/m.jinja", "{{ messages | to_json }}")]).Ids);
    }

    [Theory]
    [InlineData("[Prompt(\"{Text|completion}\")] public sealed record Row(string Text);", "")]
    [InlineData("public sealed record Row(string Text);", "")]
    [InlineData("public sealed record Row(System.Collections.Generic.IReadOnlyList<FineTune.Prompts.ChatMessage> Messages);", "FT1402")]
    public void MistakesAreToldWhereCSharpUsesTheTemplate(string row, string ids)
    {
        var code = ("Recipes.cs", $$"""
            using FineTune.Attributes;
            namespace Samples;
            [BaseModel("models/m")] public sealed class M;
            [Dataset("t.jsonl")] {{row}}
            [Recipe<M, Row>] public sealed partial class A;
            """);
        Assert.Equal(ids, GeneratorTest.Run([("models/m.jinja", Head + "{{ messages | to_json }}")], [code]).Ids);
    }

    [Fact]
    public void WhatIsRightIsNotTold() => Assert.Equal("", GeneratorTest.Run([("m.jinja", Head + """
        {% set ns = namespace(x=0) %}{% for m in messages %}{% set ns.x = ns.x + 1 %}{{ loop.index }}{% set y = loop %}{% for c in m.content %}{{ y.last }}{% endfor %}{% endfor %}
        {% if my_flag is defined and my_flag %}{{ my_flag }}{% endif %}{% if 'fromjson' is filter %}{{ messages | fromjson }}{% endif %}{{ bos_token }}{{ enable_thinking }}{{ unheard_of }}
        {% macro f(a, b=1) %}{{ a }}{{ kwargs }}{% endmacro %}{{ f(1, c=2) }}{{ 'a' ~ 1 }}{{ 'a' * 3 }}{{ '%s' % 1 }}{% macro set_it(space) %}{% set space.x = 1 %}{% endmacro %}{{ set_it(ns) }}
        """)], []).Ids);

    [Fact]
    public void ModelsWithLikeNamesHaveClassesOfTheirOwn()
    {
        var sources = GeneratorTest.Run([("models/a-b.jinja", Head), ("models/a/b.jinja", Head), ("7b.jinja", Head), ("日本.jinja", Head)], []).Sources;
        Assert.Equal(["ChatTemplates.g.cs", "Model7bChatTemplate.g.cs", "ModelChatTemplate.g.cs", "ModelsABChatTemplate.g.cs", "ModelsABChatTemplate2.g.cs"], sources.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnEditOfOneTemplateCompilesItAlone()
    {
        var compilation = GeneratorTest.CreateCompilation([], OutputKind.DynamicallyLinkedLibrary);
        var (first, second) = (new InMemoryText("a.jinja", Head), new InMemoryText("a.jinja", Head + "x"));
        var driver = GeneratorTest.CreateDriver([("b.jinja", Head)]).AddAdditionalTexts([first]).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var result = driver.ReplaceAdditionalText(first, second).RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        var reasons = result.TrackedSteps[TrackingNames.ChatTemplates].SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();
        Assert.Equal([IncrementalStepRunReason.Modified], reasons.Where(reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)));
        Assert.All(result.TrackedSteps[TrackingNames.ChatTemplateClasses].SelectMany(run => run.Outputs), output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    [Fact]
    public void NoTextOfATemplateIsCode()
    {
        const string Hostile = "\");HOSTILE();//";
        var source = GeneratorTest.Run([("m.jinja", Head + "{% set x = '" + Hostile.Replace("\"", "\\\"", StringComparison.Ordinal) + "' %}" + Hostile + "\u2028HOSTILE();\n{{ x }}{% set HOSTILE = 1 %}{{ HOSTILE }}")], []).Sources["MChatTemplate.g.cs"];
        Assert.DoesNotMatch(new Regex(@"^\s*HOSTILE\(", RegexOptions.Multiline), source);
        Assert.Contains("HOSTILE_", source, StringComparison.Ordinal);
    }
}
