using System.Text.Json.Nodes;
using FineTune.Tokenization;
using FineTune.Tokenization.Patterns;

namespace FineTune.Tests.Tokenization;

public sealed class TokenizerErrorTests
{
    public static TheoryData<string> Kinds => [SmallTokenizer.BytePair, SmallTokenizer.Unigram, SmallTokenizer.WordPiece];

    [Fact]
    public void FolderWithoutTokenizer_SaysWhatIsExpected()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var exception = Assert.Throws<FineTuneException>(() => Tokenizer.Load(folder.FullName));
            Assert.Equal(("FT5201", folder.FullName), (exception.Code, exception.Place));
        }
        finally
        {
            folder.Delete();
        }
    }

    [Theory]
    [InlineData("", "FT5202", ":1")]
    [InlineData("{", "FT5202", ":1")]
    [InlineData("[]", "FT5202")]
    [InlineData("{}", "FT5202")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "FT5202", ":1")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":-1},"merges":[]}}""", "FT5202")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}""", "FT5202")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a"]}}""", "FT5202")]
    [InlineData("""{"model":{"type":"BPE","dropout":0.1,"vocab":{},"merges":[]}}""", "FT5203")]
    [InlineData("""{"model":{"type":"Rnn","vocab":{}}}""", "FT5203")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"normalizer":{"type":"Foo"}}""", "FT5203")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"normalizer":{"type":"Replace","pattern":{"Regex":"("},"content":""}}""", "FT5204")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"normalizer":{"type":"Replace","pattern":{"Regex":"\\p{Han}"},"content":""}}""", "FT5204")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"\ud800":0},"merges":[]}}""", "FT5202", ":1")]
    public void BadFile_IsOneMessageWithCodeAndFile(string json, string code, string line = "")
    {
        using var folder = new SmallTokenizer(json);

        var exception = Assert.Throws<FineTuneException>(folder.Load);

        Assert.Equal(code, exception.Code);
        Assert.Equal(Path.Combine(folder.Folder, "tokenizer.json") + line, exception.Place);
    }

    [Fact]
    public void SpecialTokenOutsideTheVocabulary_IsAnError()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.BytePair, """{"eos_token":"<|end|>"}""");

        var exception = Assert.Throws<FineTuneException>(folder.Load);

        Assert.Equal("FT5207", exception.Code);
        Assert.Contains("<|end|>", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LongestFirst", "OnlySecond", "Truncation of only the second text needs a pair of texts.")]
    [InlineData("\"stride\":0", "\"stride\":8", "The stride 8 must be less than the 8 tokens that a piece of text may have (special tokens not counted).")]
    public void TruncationThatCannotBeDone_IsAnError(string setting, string other, string message)
    {
        using var folder = new SmallTokenizer(SmallTokenizer.BytePair.Replace(setting, other, StringComparison.Ordinal));
        var tokenizer = folder.Load();

        var exception = Assert.Throws<FineTuneException>(() => tokenizer.EncodeAsConfigured(string.Concat(Enumerable.Repeat("ab ", 20)), null, addSpecialTokens: false));

        Assert.Equal(("FT5206", message), (exception.Code, exception.Message));
    }

    [Theory]
    [InlineData("(a+)+$(?!b)", "FT5205")]
    [InlineData("(a|aa)+$(?<!b)", "FT5205")]
    public void PatternThatBacktracksWithoutEnd_StopsWithAMessage(string pattern, string code)
    {
        var regex = new RegexPattern(pattern, "tokenizer.json", TimeSpan.FromMilliseconds(50));

        var exception = Assert.Throws<FineTuneException>(() => regex.Matches(new string('a', 60) + "!"));

        Assert.Equal((code, "tokenizer.json"), (exception.Code, exception.Place));
    }

    [Fact]
    public void PatternWithoutLookAround_DoesNotBacktrack()
    {
        var regex = new RegexPattern("(a+)+$", "tokenizer.json", TimeSpan.FromSeconds(5));

        Assert.Empty(regex.Matches(new string('a', 5000) + "!"));
    }

    /// <summary>Every value of a file replaced by values of every type: an error of ours or a tokenizer that works, never anything else.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void AnyValueReplaced_NeverEscapesAsAnotherException(string json)
    {
        string[] values = ["null", "true", "-1", "2147483648", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "[[]]", "{}"];
        using var folder = new SmallTokenizer(json);
        var root = JsonNode.Parse(json)!;
        foreach (var (path, child, replace) in Paths(root).ToList())
        {
            // Lone surrogates cannot stand in a node: the place is marked, and the text replaced.
            replace(JsonValue.Create("@here@"));
            var marked = root.ToJsonString();
            replace(child);
            foreach (var value in values)
            {
                File.WriteAllText(Path.Combine(folder.Folder, "tokenizer.json"), marked.Replace("\"@here@\"", value, StringComparison.Ordinal));
                var exception = Record.Exception(() => Exercise(folder.Load()));
                Assert.True(exception is null or FineTuneException, $"{path} = {value}: {exception}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AnyPrefixOfAFile_IsMalformed(string json)
    {
        for (var length = 0; length < json.Length; length += 7)
        {
            using var folder = new SmallTokenizer(json[..length]);
            Assert.Equal("FT5202", Assert.Throws<FineTuneException>(folder.Load).Code);
        }
    }

    private static void Exercise(Tokenizer tokenizer)
    {
        foreach (var text in new[] { "", "ab ab 12 <s>x", "ÅÉ 日本 👍🏽 zz" })
        {
            var encoding = tokenizer.EncodeAsConfigured(text, "b", addSpecialTokens: true);
            tokenizer.Decode(encoding.Ids);
            Assert.All(tokenizer.EncodeWithOffsets(text).Offsets, range => Assert.InRange(range.End, range.Start, text.Length));
        }
    }

    private static IEnumerable<(string Path, JsonNode? Child, Action<JsonNode?> Replace)> Paths(JsonNode node)
    {
        IEnumerable<(string Name, JsonNode? Child, Action<JsonNode?> Replace)> children = node switch
        {
            JsonObject map => map.ToList().Select(pair => ($".{pair.Key}", pair.Value, (Action<JsonNode?>)(value => map[pair.Key] = value))),
            JsonArray list => list.ToList().Select((child, index) => ($"[{index}]", child, (Action<JsonNode?>)(value => list[index] = value))),
            _ => [],
        };
        return children.SelectMany(child => new[] { (node.GetPath() + child.Name, child.Child, child.Replace) }
            .Concat(child.Child is null ? [] : Paths(child.Child)));
    }
}
