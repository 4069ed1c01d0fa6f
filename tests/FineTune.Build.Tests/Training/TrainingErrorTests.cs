using FineTune.Build.Training;

namespace FineTune.Build.Tests.Training;

public sealed class TrainingErrorTests
{
    [Theory]
    [InlineData("data/train.jsonl:12: error FT5002: The row has no text.", "data/train.jsonl", 12, "FT5002", "The row has no text.")]
    [InlineData("model/config.json: error FT5101: It is no JSON: error FT5102: x", "model/config.json", 0, "FT5101", "It is no JSON: error FT5102: x")]
    [InlineData(@"C:\data\train.jsonl:3: error FT5002: No.", @"C:\data\train.jsonl", 3, "FT5002", "No.")]
    [InlineData("error FT5099: This is a defect.", null, 0, "FT5099", "This is a defect.")]
    public void Errors_HaveAPlace(string line, string? file, int number, string code, string message) =>
        Assert.Equal(new TrainingError(file, number, code, message), TrainingError.Parse(line));

    [Theory]
    [InlineData("step 1 of 3  loss 2.5")]
    [InlineData("an error FT50: of three digits too few")]
    [InlineData("")]
    public void OtherLines_AreNone(string line) => Assert.Null(TrainingError.Parse(line));
}
