using System.Text.Json;
using FineTune.Generation;
using FineTune.Models;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;

namespace FineTune.Tests.Generation;

/// <summary>A trained model continues its prompt with the text that the reference gives, from text to text.</summary>
public sealed class StoriesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("prompt", "text")]
    [InlineData(null, "text_from_bos")]
    public void TheStory_IsTheReferences(string? prompt, string text)
    {
        var (folder, expected) = Case(prompt, text);
        var (begin, whole) = expected;
        using var model = CausalLanguageModel.Load(folder);
        var pieces = new List<string>();

        // The reference's text ends at its length limit, possibly within a word's tokens: it is a prefix of a longer one.
        var story = new TextGenerator(model, Tokenizer.Load(_root.FullName), [2])
            .Continue(begin, new() { MaxNewTokens = 180 }, pieces.Add, TestContext.Current.CancellationToken);

        Assert.StartsWith(whole, begin + (begin.Length == 0 ? story.TrimStart() : story), StringComparison.Ordinal);
        Assert.Equal(story, string.Concat(pieces));
        Assert.True(pieces.Count > 50, "The text came in one piece.");
    }

    [Fact]
    public void APromptThatFillsTheContext_IsAMistake()
    {
        var (folder, _) = Case(null, "text");
        using var model = CausalLanguageModel.Load(folder);
        var generator = new TextGenerator(model, Tokenizer.Load(_root.FullName), [2]);
        var exception = Assert.Throws<FineTuneException>(() => generator.Continue(
            string.Concat(Enumerable.Repeat("Once upon a time ", 200)), new(), _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal("FT5601", exception.Code);
    }

    private (string Folder, (string Begin, string Whole) Text) Case(string? prompt, string text)
    {
        ConformanceFolder.SkipIfAbsent();
        var folder = Path.Combine(ConformanceFolder.Vectors!, "models", "stories260K-hf");
        var tokenizer = Path.Combine(ConformanceFolder.RequireAssets(), "models", "stories260K", "tok512.model");
        Assert.SkipUnless(Directory.Exists(folder) && File.Exists(tokenizer), "The model of the stories is not there.");
        File.Copy(tokenizer, Path.Combine(_root.FullName, "tokenizer.model"));
        File.WriteAllText(Path.Combine(_root.FullName, "tokenizer_config.json"), """{"bos_token":"<s>","eos_token":"</s>","add_bos_token":true}""");
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
        return (folder, (prompt is null ? "" : json.RootElement.GetProperty(prompt).GetString()!, json.RootElement.GetProperty(text).GetString()!));
    }
}
