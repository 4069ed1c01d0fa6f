using FineTune.Facts;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Facts;

public sealed class DataSamplerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_OfEveryKind()
    {
        DataFacts facts = Read("""
            {"text": "a", "count": 1, "share": 1, "flag": true, "messages": [{"role": "user", "content": "x"}], "meta": {"id": 1}, "none": null, "mixed": 1}

            {"text": "", "count": null, "share": 0.5, "flag": false, "messages": [{"role": "assistant", "content": null, "tool": {"name": "f"}}], "meta": {"id": 2, "url": "u"}, "none": null, "mixed": "b"}
            {"text": "c", "share": 2, "flag": false, "messages": [], "meta": {"id": 3}, "none": null, "mixed": 3, "late": "x"}
            """);

        Snapshot.Verify(DataFactsText.Write(facts));
        Assert.Equal(facts, DataFactsText.Read(DataFactsText.Write(facts)));
        Assert.Equal(DataShape.Messages, DataShapes.Of(facts));
    }

    [Fact]
    public void Sample_EndsAfter200Rows()
    {
        DataFacts facts = Read(string.Concat(Enumerable.Range(0, 300).Select(i => $"{{\"a\": {(i < 200 ? "1" : "\"x\"")}}}\n")));

        Assert.Equal((200L, false, ColumnKind.Integer), (facts.Rows, facts.IsComplete, facts.Columns[0].Kind));
    }

    [Fact]
    public void Sample_EndsAfterAMegabyte_WithoutTheRowThatIsCut()
    {
        string row = $"{{\"a\": \"{new string('x', 300_000)}\"}}\n";

        Assert.Equal(3, Read(string.Concat(Enumerable.Repeat(row, 10))).Rows);
        Assert.Equal(0, Read($"{{\"a\": \"{new string('x', 3_000_000)}\"}}").Rows);
    }

    [Theory]
    [InlineData("{\"a\": 1}\n{\"a\": }\n", "FT5012", ":2")]
    [InlineData("{\"a\": 1}\n[]\n", "FT5012", ":2")]
    [InlineData("{\"a\": 1} {\"a\": 2}\n", "FT5012", ":1")]
    [InlineData("{\"a\\ud800\": 1}\n", "FT5012", ":1")]
    [InlineData("\n \n", "FT5312", "")]
    [InlineData("", "FT5312", "")]
    public void BrokenFiles_AreToldWithTheirLine(string text, string code, string line)
    {
        var error = Assert.Throws<FineTuneException>(() => Read(text));

        Assert.Equal((code, _folder.File("data.jsonl") + line), (error.Code, error.Place));
    }

    [Fact]
    public void DeepAndWideRows_AreBounded()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 50)) + "1" + new string('}', 50);
        string wide = "{" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"c{i}\":1")) + "}";

        Assert.InRange(DataFactsText.Write(Read(deep + "\n")).Length, 1, 2000);
        Assert.Equal(512, Read(wide + "\n").Columns.Count);
    }

    private DataFacts Read(string text) => DataSampler.Read(_folder.Write("data.jsonl", text), "data.jsonl");
}
