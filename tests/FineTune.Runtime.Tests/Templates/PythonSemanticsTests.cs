using FineTune.Prompts;

namespace FineTune.Tests.Templates;

/// <summary>What Python does that one would not think of.</summary>
public sealed class PythonSemanticsTests
{
    [Theory]
    [InlineData("{{ [[1], [2]] | sort(attribute='missing') | length }}", "2")]
    [InlineData("{% filter upper | trim %} a {% endfilter %}", "A")]
    [InlineData("{% set x = 'a' %}{% for i in [1] %}{% set x = x ~ 'b' %}{{ x }}{% endfor %}{{ x }}", "aba")]
    public void Renders(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{% filter length %}abc{% endfilter %}")]
    [InlineData("{% call range(3) %}{% endcall %}")]
    public void ABlockGivesAText(string template) => Assert.Equal("FT5504", Assert.Throws<FineTuneException>(() => Render(template)).Code);

    private static string Render(string template) => TemplateComparison.Render(ChatTemplate.Parse(template), new Dictionary<string, object?>()).Text;
}
