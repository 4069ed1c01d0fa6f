using System.Text;
using FineTune.Data;
using FineTune.Tests.Recipes;

namespace FineTune.Tests.Data;

public sealed class PromptFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Rows_AreRendered_WithTheirLines()
    {
        var rows = Read("""

            {"question":"2+2","answer":"4"}
            {"answer":"é","other":[1,{}],"question":"e'"}
            """u8);
        Assert.Equal([2, 3], rows.Select(row => row.Line));
        Assert.Equal(["Q: 2+2\nA: 4", "Q: e'\nA: é"], rows.Select(row => row.Prompt.Text));
        Assert.Equal("Q: 2+2\nA:", rows[0].Prompt.Context);
        Assert.Equal(" 4", rows[0].Prompt.Completion);
    }

    [Fact]
    public void Limit_StopsBeforeABrokenRow() => Assert.Single(Read("{\"question\":\"a\",\"answer\":\"b\"}\n{"u8, limit: 1));

    [Theory]
    [InlineData("""{"question":"a"}""", "no column 'answer'")]
    [InlineData("""{"question":1,"answer":"b"}""", "'question' must be a string, but is a number")]
    [InlineData("""{"question":"a","answer":""", "not one JSON object")]
    [InlineData("""{"question":"a","answer":"b"} {}""", "'{' is invalid after a single JSON value")]
    [InlineData("""{'question':"a"}""", "at byte 2")]
    [InlineData("""[1]""", "A row is a JSON object, but this one is an array")]
    [InlineData("""{"question":"a\ud800b","answer":"b"}""", "surrogate")]
    public void ABrokenRow_IsNamedWithFileAndLine(string row, string message)
    {
        var exception = Assert.Throws<FineTuneException>(() => Read(Encoding.UTF8.GetBytes("{\"question\":\"a\",\"answer\":\"b\"}\n\n" + row)));
        Assert.Equal("FT5012", exception.Code);
        Assert.EndsWith("rows.jsonl:3", exception.Place, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARowThatIsNotUtf8_IsNamed()
    {
        var exception = Assert.Throws<FineTuneException>(() => Read([.. "{\"question\":\"a"u8, 0xFF, .. "\",\"answer\":\"b\"}"u8]));
        Assert.Contains("not valid UTF-8", exception.Message, StringComparison.Ordinal);
    }

    private List<PromptRow> Read(ReadOnlySpan<byte> content, int? limit = null)
    {
        var path = Path.Combine(_root.FullName, "rows.jsonl");
        File.WriteAllBytes(path, content);
        var pipeline = new QuestionPipeline();
        var options = pipeline.Options with { Data = new() { Train = path, Limit = limit } };
        return [.. new RecipeRows(pipeline, options).Training(path).Select(row => row.Mistake is { } mistake ? throw mistake : row.Row!.Value)];
    }
}
