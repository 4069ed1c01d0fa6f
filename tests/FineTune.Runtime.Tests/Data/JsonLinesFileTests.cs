using System.Text;
using FineTune.Data;

namespace FineTune.Tests.Data;

public sealed class JsonLinesFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("a\r\nb", "1:a\r|2:b")]
    [InlineData("\uFEFFa\n\uFEFFb\n", "1:a|2:\uFEFFb")]
    [InlineData("\n \t\na\n\n\nb\n", "3:a|6:b")]
    [InlineData("a\u2028b\u0085c\nd", "1:a\u2028b\u0085c|2:d")]
    public void Lines(string text, string expected) => Assert.Equal(expected, string.Join('|', Read(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void LinesOfEveryLength_AcrossTheBuffersEnd()
    {
        var random = new Random(7);
        var lines = Enumerable.Range(0, 400).Select(i => new string((char)('a' + i % 26), random.Next(i % 50 == 0 ? 200_000 : 900) + 1)).ToList();
        var read = Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        Assert.Equal(lines.Select((line, index) => $"{index + 1}:{line}"), read);
    }

    [Fact]
    public void AMissingFile_IsNamed()
    {
        var exception = Assert.Throws<FineTuneException>(() => JsonLinesFile.Read("none.jsonl"));
        Assert.Equal("FT5011", exception.Code);
    }

    private List<string> Read(byte[] content)
    {
        var path = Path.Combine(_root.FullName, "rows.jsonl");
        File.WriteAllBytes(path, content);
        return JsonLinesFile.Read(path).Select(line => $"{line.Number}:{Encoding.UTF8.GetString(line.Utf8.Span)}").ToList();
    }
}
