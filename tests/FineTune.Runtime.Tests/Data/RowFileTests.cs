using System.IO.Compression;
using System.Text;
using FineTune.Data.Files;
using FineTune.Recipes;

namespace FineTune.Tests.Data;

/// <summary>Rows of any format become JSON objects for the one typed reader.</summary>
public sealed class RowFileTests : IDisposable
{
    private static readonly TextColumn[] Columns =
    [
        new(TextColumnType.Integer, false, "id"), new(TextColumnType.Number, true, "score", "Score"), new(TextColumnType.Boolean, false, "good"), new(TextColumnType.Text, true, "note"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("finetune-rows-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Separated_values_are_typed_by_the_columns_that_the_recipe_reads() => Assert.Equal(
        [
            """2:{"id":1,"score":0.50,"good":true,"note":null,"text":""}""",
            """3:{"id":-9223372036854775808,"score":null,"good":false,"note":"n","text":"a \"b\"\nc"}""",
        ],
        Read("rows.csv", "id,score,good,note,text\n1,0.50,true,,\n-9223372036854775808,,false,n,\"a \"\"b\"\"\nc\"\n"));

    [Theory]
    [InlineData("x,1,true,n,t", "Column 'id' must be an integer, but is 'x'.")]
    [InlineData("01,1,true,n,t", "Column 'id' must be an integer, but is '01'.")]
    [InlineData("9223372036854775808,1,true,n,t", "Column 'id' must be an integer, but is '9223372036854775808'.")]
    [InlineData(",1,true,n,t", "Column 'id' must be an integer, but is empty.")]
    [InlineData("1,NaN,true,n,t", "Column 'score' must be a number, but is 'NaN'.")]
    [InlineData("1,1,True,n,t", "Column 'good' must be true or false, but is 'True'.")]
    public void Text_that_is_no_value_is_an_error_with_its_line(string row, string message)
    {
        var error = Assert.Throws<FineTuneException>(() => Read("rows.csv", "id,score,good,note,text\n\n" + row));
        Assert.Equal(("FT5012", message, Path.Combine(_folder, "rows.csv") + ":3"), (error.Code, error.Message, error.Place));
    }

    [Fact]
    public void Tabs_separate_in_tsv() => Assert.Equal(["""2:{"a":"x, y","b":"z"}"""], Read("rows.tsv", "a\tb\nx, y\tz\n"));

    [Fact]
    public void An_array_longer_than_the_buffer_is_read_item_by_item()
    {
        var items = Enumerable.Range(0, 3000).Select(i => $$"""{"i": {{i}}, "t": "{{new string('ü', i % 100)}}"}""").ToList();
        var rows = Read("rows.json", "\uFEFF[\n" + string.Join(",\n", items) + "\n]\n");
        Assert.Equal(items.Select((item, i) => $"{i + 2}:{item}"), rows);
    }

    [Fact]
    public void An_item_larger_than_the_buffer_grows_it()
    {
        var item = $$"""{"t": "{{new string('x', 300_000)}}"}""";
        Assert.Equal([$"1:{item}", $"1:{item}"], Read("rows.json", $"[{item},{item}]"));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Gzip_is_read_as_written(CompressionLevel level)
    {
        var random = new Random(7);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"i\": {i}, \"r\": {random.Next(1 << random.Next(1, 30))}}}\n"));
        var path = Path.Combine(_folder, "rows.jsonl.gz");
        using (var gzip = new GZipStream(File.Create(path), level))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        using var reader = new StreamReader(DataStream.Open(path));
        Assert.Equal(text, reader.ReadToEnd());
    }

    [Fact]
    public void Damage_anywhere_in_gzip_is_an_error_or_changes_nothing()
    {
        var path = Path.Combine(_folder, "rows.jsonl.gz");
        var text = string.Concat(Enumerable.Range(0, 50).Select(i => $"{{\"i\": {i}}}\n"));
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        var whole = File.ReadAllBytes(path);
        for (var i = 2; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0x55;
            AssertIsTold(path, damaged, text);
            AssertIsTold(path, whole[..i], text);
        }
    }

    // The header's time and name do not matter.
    private static void AssertIsTold(string path, byte[] content, string text)
    {
        File.WriteAllBytes(path, content);
        try
        {
            using var reader = new StreamReader(DataStream.Open(path));
            Assert.Equal(text, reader.ReadToEnd());
        }
        catch (FineTuneException told)
        {
            Assert.Equal("FT1351", told.Code);
        }
    }

    private List<string> Read(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return [.. RowFile.Read(path, Columns).Select(row => $"{row.Number}:{Encoding.UTF8.GetString(row.Utf8.Span)}")];
    }
}
