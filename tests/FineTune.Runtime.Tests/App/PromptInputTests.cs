using FineTune.App;
using FineTune.Tests.Recipes;

namespace FineTune.Tests.App;

public sealed class PromptInputTests
{
    [Theory]
    [InlineData("red", "red")]
    [InlineData("{ x = 1; }", "{ x = 1; }")]
    [InlineData("""{"question":"red"}""", "Q: red\nA:")]
    [InlineData("""{"question":"blue","answer":"x","question":"red"}""", "Q: red\nA:")]
    [InlineData("""{"question":"red","question":"é"}""", "Q: é\nA:")]
    public void Rows_AreRendered_AndOtherTextStays(string input, string context) => Assert.Equal(context, Context(input));

    [Theory]
    [InlineData("""{"question":"a\ud83d"}""", "The escape \\ud83d is half of a surrogate pair, which is no text.")]
    [InlineData("""{"question":"a","\ud83d":1}""", "The escape \\ud83d is half of a surrogate pair, which is no text.")]
    [InlineData("""{"question":1}""", "Column 'question' must be a string, but is a number.")]
    [InlineData("{}", "The row has no column 'question' or 'answer', which the prompt has before its completion.")]
    public void RowThatDoesNotFit_IsTold(string input, string message)
    {
        var error = Assert.Throws<FineTuneException>(() => Context(input));

        Assert.Equal(("FT5009", message), (error.Code, error.Message));
    }

    private static string Context(string input)
    {
        var pipeline = new QuestionPipeline();
        return PromptInput.Context(pipeline, pipeline.Options, Assert.Single(PromptInput.Split(input)));
    }
}
