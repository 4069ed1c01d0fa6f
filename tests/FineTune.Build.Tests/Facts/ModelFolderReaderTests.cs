using FineTune.Facts;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Facts;

public sealed class ModelFolderReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelFolderReaderTests() => TinyModel.Write(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Facts_AreWrittenAndReadBack()
    {
        ModelFacts facts = ModelFolderReader.Read(_folder.Path, "models/tiny");

        Snapshot.Verify(ModelFactsText.Write(facts));
        Assert.Equal(facts, ModelFactsText.Read(ModelFactsText.Write(facts)));
    }

    [Fact]
    public void Shards_AreReadTogether_AndMissingOnesNamed()
    {
        File.Delete(_folder.File("model.safetensors"));
        File.WriteAllBytes(_folder.File("1.safetensors"), TinyModel.Weights("BF16", 2, [("lm_head.weight", [16, 8]), ("h.0.fc.weight", [8, 8])]));
        _folder.Write("model.safetensors.index.json", """{"weight_map": {"lm_head.weight": "1.safetensors", "a": "2.safetensors", "b": "../../etc/passwd"}}""");

        ModelFacts facts = ModelFolderReader.Read(_folder.Path, "m");

        Assert.Equal(["../../etc/passwd", "2.safetensors"], facts.MissingShards);
        Assert.Equal((false, "bfloat16", 64L), (facts.HasWeights, facts.StoredDType, facts.Parameters));
        Assert.Equal(["h.{1}.fc", "lm_head"], facts.Linears.Select(linear => linear.Pattern));
    }

    [Fact]
    public void ChatTemplate_IsTheFile_ElseThatOfTheTokenizer()
    {
        Assert.Equal("{{ messages }}", ModelFolderReader.ReadChatTemplate(_folder.Path));
        _folder.Write("tokenizer_config.json", """{"chat_template": [{"name": "tool_use", "template": "no"}, {"name": "default", "template": "yes"}]}""");
        Assert.Equal("yes", ModelFolderReader.ReadChatTemplate(_folder.Path));
        _folder.Write("chat_template.jinja", "own");
        Assert.Equal("own", ModelFolderReader.ReadChatTemplate(_folder.Path));
    }

    [Theory]
    [InlineData("config.json", "{\n\"model_type\": }", "FT5110", ":2")]
    [InlineData("config.json", "[]", "FT5110", ":1")]
    [InlineData("config.json", "", "FT5110", ":1")]
    [InlineData("tokenizer.json", "{\"model\": {\"vocab\": {\"a\": 1}}", "FT5202", ":1")]
    [InlineData("tokenizer.json", "null", "FT5202", ":1")]
    [InlineData("tokenizer_config.json", "{\"a\" 1}", "FT5202", ":1")]
    [InlineData("config.json", "{\n\"model_type\":\n\"\\ud800\"}", "FT5110", ":3")]
    [InlineData("tokenizer.json", "{\"model\": {\"vocab\": {\n\"\\ud800\": 1}}}", "FT5202", ":2")]
    [InlineData("special_tokens_map.json", "{\n\"\\udc00\": 1}", "FT5202", ":2")]
    [InlineData("model.safetensors", "12345678{}", "FT5101", "")]
    [InlineData("model.safetensors", "", "FT5101", "")]
    public void BrokenFiles_AreToldWithTheirPlace(string file, string content, string code, string line)
    {
        string path = _folder.Write(file, content);

        var error = Assert.Throws<FineTuneException>(() => ModelFolderReader.Read(_folder.Path, "m"));

        Assert.Equal((code, path + line), (error.Code, error.Place));
    }

    [Fact]
    public void ValuesOfOtherTypes_CountAsAbsent()
    {
        _folder.Write("config.json", """{"model_type": 5, "vocab_size": "x", "hidden_size": 1e99, "num_attention_heads": 0, "architectures": {}, "eos_token_id": ["a", 2, null], "quantization_config": {}}""");

        ModelFacts facts = ModelFolderReader.Read(_folder.Path, "m");

        Assert.Equal((null, null, null), (facts.ModelType, facts.VocabularySize, facts.Architecture));
    }

    [Fact]
    public void TiedHead_IsCountedOnce()
    {
        File.WriteAllBytes(_folder.File("model.safetensors"), TinyModel.Weights("F16", 2, [.. TinyModel.Tensors(), ("lm_head.weight", [16, 8])]));

        Assert.Equal(ModelFolderReader.Read(_folder.Path, "m").Parameters, TinyModel.Tensors().Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size)));
    }
}
