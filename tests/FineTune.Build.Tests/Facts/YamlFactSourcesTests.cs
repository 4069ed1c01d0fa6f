using FineTune.Build.Facts;

namespace FineTune.Build.Tests.Facts;

public sealed class YamlFactSourcesTests
{
    [Theory]
    [InlineData("model:\n  base: m # x\n  dtype: auto\ndata:\n  train: a.jsonl\n  test: 'b''s.jsonl'\n", "M m|D a.jsonl|D b's.jsonl")]
    [InlineData("recipe: A\nmodel: { dtype: auto, base: \"m\\u0041\" }\ndata: { train: t, prompt: \"{a}\" }", "M mA|D t")]
    [InlineData("data:\n  prompt: |\n    model:\n      base: no\n  train: t\n", "D t")]
    [InlineData("other: { base: no }\nbase: no\nmodel: { deeper: { base: no } }\n", "")]
    [InlineData("data: { train: [a, { path: b, weight: 2 }, [c]], test: { x: y } }", "D a|D b")]
    [InlineData("model: { base: m }\ndata: { train: t, \n", "M m|D t")]
    [InlineData("", "")]
    [InlineData("- model", "")]
    [InlineData("? [a]\n: b\nmodel: { base: m }", "M m")]
    [InlineData("model: { base: m }\n---\nmodel: { base: second }", "M m")]
    public void NamesOfARecipe(string yaml, string expected) => Assert.Equal(expected, Describe(YamlFactSources.Find(yaml)));

    [Fact]
    public void DeepText_IsLeftAlone() => Assert.Empty(YamlFactSources.Find(new string('[', 100_000)));

    internal static string Describe(IEnumerable<FactSource> sources) =>
        string.Join('|', sources.Select(source => $"{(source.IsModel ? 'M' : 'D')} {source.Name}"));
}
