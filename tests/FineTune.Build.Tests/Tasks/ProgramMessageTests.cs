using FineTune.Build.Tasks;

namespace FineTune.Build.Tests.Tasks;

public sealed class ProgramMessageTests
{
    [Theory]
    [InlineData("data/train.jsonl:12: error FT5002: The row has no text.", true, "data/train.jsonl", 12, "FT5002", "The row has no text.")]
    [InlineData("data/train.jsonl:3: warning FT5140: Message 2 is empty.", false, "data/train.jsonl", 3, "FT5140", "Message 2 is empty.")]
    [InlineData("model/config.json: error FT5101: It is no JSON: error FT5102: x", true, "model/config.json", 0, "FT5101", "It is no JSON: error FT5102: x")]
    [InlineData(@"C:\data\train.jsonl:3: error FT5002: No.", true, @"C:\data\train.jsonl", 3, "FT5002", "No.")]
    [InlineData("error FT5099: This is a defect.", true, null, 0, "FT5099", "This is a defect.")]
    public void Messages_HaveAPlace(string line, bool isError, string? file, int number, string code, string text) =>
        Assert.Equal(new ProgramMessage(isError, file, number, code, text), ProgramMessage.Parse(line));

    [Theory]
    [InlineData("step 1 of 3  loss 2.5")]
    [InlineData("an error FT50: of three digits too few")]
    [InlineData("")]
    public void OtherLines_AreNone(string line) => Assert.Null(ProgramMessage.Parse(line));
}
