using FineTune.Generation;
using FineTune.Tests.Tokenization;

namespace FineTune.Tests.Generation;

public sealed class TextGeneratorTests
{
    [Fact]
    public void AnEmptyPrompt_NeedsATokenThatBeginsATextOrEndsOne()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.Unigram);
        using var model = TinyModel.Create();
        var generator = new TextGenerator(model, folder.Load(), []);

        var error = Assert.Throws<FineTuneException>(() => generator.Continue("", new GenerationOptions(), _ => { }, CancellationToken.None));

        Assert.Equal("FT5603", error.Code);
    }
}
