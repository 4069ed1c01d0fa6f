using FineTune.Build.RecipeFiles;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.RecipeFiles;

public sealed class RecipeFileCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RecipeFileCheckTests()
    {
        _folder.Write("data/train.jsonl", "");
        _folder.Write("models/tiny/config.json", "{}");
        _folder.Write("models/empty/readme.txt", "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data.train", "data/train.jsonl")]
    [InlineData("data.test", "./data/../data/train.jsonl")]
    [InlineData("model.base", "models/tiny")]
    [InlineData("model.base", "models/tiny/")]
    [InlineData("model.base", "runs/Pretrain/model")]
    [InlineData("data.train", "made/later.jsonl")]
    public void WhatIsThereOrWillBe_IsFine(string key, string path) => Assert.Null(Find(key, path));

    [Theory]
    [InlineData("data.train", "data/trian.jsonl", "there is no file '{root}/data/trian.jsonl'. Did you mean 'data/train.jsonl'?")]
    [InlineData("data.train", "models", "there is no file '{root}/models' (there is a folder of that name).")]
    [InlineData("data.test", "no/such.jsonl", "there is no file '{root}/no/such.jsonl'. Relative paths start at the project's folder.")]
    [InlineData("data.test", "data/completely-else.jsonl", "there is no file '{root}/data/completely-else.jsonl'.")]
    [InlineData("model.base", "models/tinny", "there is no folder '{root}/models/tinny'. Did you mean 'models/tiny'?")]
    [InlineData("model.base", "data/train.jsonl", "there is no folder '{root}/data/train.jsonl' (there is a file of that name).")]
    public void WhatIsMissing_IsFT3020_WithTheFullPath(string key, string path, string expected)
    {
        var (code, message) = Find(key, path)!.Value;

        Assert.Equal("FT3020", code);
        Assert.StartsWith($"{key} of the recipe 'Tiny' is '{path}', but ", message, StringComparison.Ordinal);
        Assert.Contains(expected.Replace("{root}", _folder.Path, StringComparison.Ordinal), message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models")]
    [InlineData("models/empty")]
    public void FolderWithoutAModel_IsFT3021(string path) => Assert.Equal("FT3021", Find("model.base", path)?.Code);

    [Fact]
    public void FolderThatOnlyBeginsAsTheRunsFolder_IsLookedFor() => Assert.Equal("FT3020", Find("model.base", "runs2/model")?.Code);

    private (string Code, string Message)? Find(string key, string path) =>
        new RecipeFileCheck(_folder.Path, new HashSet<string> { _folder.File("made/later.jsonl") })
            .Find(new RecipeFileReference("Tiny", key, path, "Recipes.cs", 1, 1));
}
