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
    public void SeparatedValues_AreTypedOnlyWhereTheTextStaysAsItIs()
    {
        DataFacts facts = Read("id,text,zip,share,price,flag,empty\n1,\"a, \"\"b\"\"\nc\",01234,0.5,1.50,true,\n2,,5,2,2.25,false,\n", "data.csv");

        Assert.Equal(
            "id Integer, text String (empty 4), zip String, share Number, price String, flag Boolean, empty Null (null 2)",
            string.Join(", ", facts.Columns.Select(column => $"{column.Name} {column.Kind}{(column.EmptyRow is { } empty ? $" (empty {empty})" : "")}{(column.NullRow is { } none ? $" (null {none})" : "")}")));
        Assert.Equal((DataFormat.Csv, 2L, true), (facts.Format, facts.Rows, facts.IsComplete));
    }

    [Fact]
    public void SeparatedValues_OfALargeFile_EndBeforeTheRowThatIsCut()
    {
        string rows = "a,b\n" + string.Concat(Enumerable.Repeat($"1,\"{new string('ü', 10_000)}\"\n", 300));

        DataFacts facts = Read(rows, "data.csv");

        Assert.Equal((false, ColumnKind.Integer), (facts.IsComplete, facts.Columns[0].Kind));
        Assert.InRange(facts.Rows, 40, 60);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "FT5012", ":3")]
    [InlineData("a,b\n1,2,3\n", "FT5012", ":2")]
    [InlineData("a,a\n1,2\n", "FT1340", ":1")]
    [InlineData("a,b\n1,\"2\n", "FT5012", ":2")]
    [InlineData("a\n\"b\"c\n", "FT5012", ":2")]
    [InlineData("a,b\n", "FT5312", "")]
    [InlineData("", "FT5312", "")]
    public void BrokenSeparatedValues_AreToldWithTheirLine(string text, string code, string line)
    {
        var error = Assert.Throws<FineTuneException>(() => Read(text, "data.csv"));

        Assert.Equal((code, _folder.File("data.csv") + line), (error.Code, error.Place));
    }

    [Fact]
    public void JsonArrays_AreTheirItems()
    {
        DataFacts facts = Read(" [\n {\"a\": 1},\n {\"a\": null, \"b\": [\"x\"]}\n]\n", "data.json");

        Assert.Equal((DataFormat.JsonArray, 2L, true), (facts.Format, facts.Rows, facts.IsComplete));
        Assert.Equal((3L, 2L), (facts.Columns[0].NullRow, facts.Columns[1].MissingRow));
        Assert.Equal(DataFormat.JsonLines, Read("{\"a\": 1}\n", "lines.json").Format);
        Assert.Equal(200, Read("[" + string.Join(",\n", Enumerable.Repeat($"{{\"a\": \"{new string('x', 1000)}\"}}", 5000)) + "]", "large.json").Rows);
    }

    [Theory]
    [InlineData("[{\"a\": 1},\n{\"a\": }]", ":2")]
    [InlineData("[{\"a\": 1},\n{\"a\": 1},\n\n{\"a\": }]", ":4")]
    [InlineData("[{\"a\": 1}", ":1")]
    [InlineData("[{\"a\": 1}] x", ":1")]
    [InlineData("[1]", ":1")]
    public void BrokenJsonArrays_AreToldWithTheirLine(string text, string line) =>
        Assert.Equal(("FT5012", _folder.File("data.json") + line), Assert.Throws<FineTuneException>(() => Read(text, "data.json")) is var error ? (error.Code, error.Place) : default);

    [Fact]
    public void CompressedFiles_AreReadByWhatTheyBeginWith()
    {
        using (var gzip = new System.IO.Compression.GZipStream(File.Create(_folder.File("data.csv.gz")), System.IO.Compression.CompressionLevel.SmallestSize))
            gzip.Write("a,b\n1,x\n"u8);

        DataFacts facts = DataSampler.Read(_folder.File("data.csv.gz"), "data.csv.gz");

        Assert.Equal((DataFormat.Csv, 1L, ColumnKind.Integer), (facts.Format, facts.Rows, facts.Columns[0].Kind));
        byte[] whole = File.ReadAllBytes(_folder.File("data.csv.gz"));
        File.WriteAllBytes(_folder.File("cut.jsonl.gz"), whole[..^5]);
        Assert.Equal("FT1351", Assert.Throws<FineTuneException>(() => DataSampler.Read(_folder.File("cut.jsonl.gz"), "x")).Code);
        Assert.Equal("FT1350", Assert.Throws<FineTuneException>(() => Read("BZh91AY", "data.jsonl.bz2")).Code);
        Assert.Equal("FT1352", Assert.Throws<FineTuneException>(() => Read("text", "data.docx")).Code);
    }

    [Fact]
    public void DeepAndWideRows_AreBounded()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 50)) + "1" + new string('}', 50);
        string wide = "{" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"c{i}\":1")) + "}";

        Assert.InRange(DataFactsText.Write(Read(deep + "\n")).Length, 1, 2000);
        Assert.Equal(512, Read(wide + "\n").Columns.Count);
    }

    private DataFacts Read(string text, string name = "data.jsonl") => DataSampler.Read(_folder.Write(name, text), name);
}
