using System.Text;
using System.Text.Json;
using FineTune.Facts;

namespace FineTune.Tests.Models;

public sealed class FolderJsonTests
{
    [Theory]
    [InlineData("""{"a": "é😀 \ud83d\uDE00 \\ud83d \u0000"}""")]
    [InlineData("\uFEFF{\"\\\\\\ud83d\\ude00\": \"\\\\\"}")]
    public void Text_IsParsed(string json)
    {
        using var document = FolderJson.Parse(Encoding.UTF8.GetBytes(json));

        Assert.NotNull(Assert.Single(document.RootElement.EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("{\"a\": 1,\n \"b\\ud83d\": 2}", "The escape \\ud83d is half of a surrogate pair, which is no text", 1, 3)]
    [InlineData("[\"\\ud83d\\u0041\"]", "The escape \\ud83d is half of a surrogate pair, which is no text", 0, 2)]
    [InlineData("[\"\\uD83D\\uD83D\\uDE00\"]", "The escape \\uD83D is half of a surrogate pair, which is no text", 0, 2)]
    [InlineData("[\n\n\"\\\\\\uDE00\"]", "The escape \\uDE00 is half of a surrogate pair, which is no text", 2, 3)]
    public void HalfASurrogatePair_IsRefused(string json, string reason, long line, long position)
    {
        var error = Assert.Throws<JsonException>(() => FolderJson.Parse(Encoding.UTF8.GetBytes(json)));

        Assert.Equal((reason, line, position), (FolderJson.Reason(error), error.LineNumber, error.BytePositionInLine));
        Assert.Equal($"x.json:{line + 1}", FolderJson.Place("x.json", error));
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC3)]
    public void BytesThatAreNoUtf8_AreRefused(byte odd)
    {
        var error = Assert.Throws<JsonException>(() => FolderJson.Parse([.. "{\n\"é"u8, odd, .. "\": 1}"u8]));

        Assert.Equal(("The text is not valid UTF-8", 1L, 3L), (FolderJson.Reason(error), error.LineNumber, error.BytePositionInLine));
    }

    [Theory]
    [InlineData("{\"a\":\n}", 1)]
    [InlineData("\\", 0)]
    [InlineData("[\"\\", 0)]
    [InlineData("[\"\\ud8", 0)]
    public void WhatIsNoJson_IsToldByTheParser(string json, long line) =>
        Assert.Equal(line, Assert.ThrowsAny<JsonException>(() => FolderJson.Parse(Encoding.UTF8.GetBytes(json))).LineNumber);

    [Fact]
    public void OfAKeyThatIsThereTwice_TheLastCounts()
    {
        var node = FolderJson.ParseNode("""{"a": 1, "b": [{"c": null, "c": {"d": 1e400}}], "a": "x"}"""u8.ToArray())!;

        Assert.Equal("""{"a":"x","b":[{"c":{"d":1e400}}]}""", node.ToJsonString());
    }
}
