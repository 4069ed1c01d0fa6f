using FineTune.Adapters;
using FineTune.Models;
using FineTune.Prompts;
using FineTune.Tests.Training;
using FineTune.TestSupport.Fuzzing;
using FineTune.Tokenization;
using TorchSharp;

namespace FineTune.Tests.Models;

/// <summary>Each reader of a folder's JSON tells what is wrong with it, and on which line.</summary>
public sealed class DamagedFolderTests : IDisposable
{
    private const string Half = "The escape \\ud83d is half of a surrogate pair, which is no text";
    private const string Again = "Get the file again from where it came.";
    private const string Malformed = "The tokenizer file is malformed: ";
    private const string Download = ". Download it again, or write it with the library that made it.";

    private readonly TinyProject _project = new(1);

    private string Folder => _project.ModelFolderPath;

    public static TheoryData<string, string, string, int> Found => [.. FoundInputs.ModelFiles.Select(input => new TheoryDataRow<string, string, string, int>(input.File, input.Content, input.Code, input.Line))];

    public void Dispose() => _project.Dispose();

    [Theory]
    [MemberData(nameof(Found))]
    public void FoundInput_IsAMistakeWithItsLine(string file, string content, string code, int line)
    {
        var error = Told(file, content);

        Assert.Equal((code, $"{PathOf(file)}:{line}"), (error.Code, error.Place));
    }

    [Theory]
    [InlineData("config.json", "{\n\"a\\ud83d\": 1}", "FT5110", ":2", $"config.json is not JSON: {Half}. {Again}")]
    [InlineData("config.json", "{\n\"a\" 1}", "FT5110", ":2", $"config.json is not JSON: '1' is invalid after a property name. Expected a ':'. {Again}")]
    [InlineData("config.json", """{"model_type": "llama", "vocab_size": 5, "hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "rms_norm_eps": 1e999}""",
        "FT5111", "", "'rms_norm_eps' must be a number.")]
    [InlineData("generation_config.json", "{\n\n\"a\": \"\\ud83d\"}", "FT5602", ":3", $"generation_config.json is damaged: {Half}. Restore it, or delete it.")]
    [InlineData("generation_config.json", """{"eos_token_id": [1, 3000000000]}""", "FT5602", "", "generation_config.json is damaged: 'eos_token_id' has 3000000000, which is no token's id. Restore it, or delete it.")]
    [InlineData("tokenizer.json", "{\n\"a\\ud83d\": 1}", "FT5202", ":2", Malformed + Half + Download)]
    [InlineData("tokenizer_config.json", "{\n\"a\\ud83d\": 1}", "FT5202", ":2", Malformed + Half + Download)]
    [InlineData("special_tokens_map.json", "{\n\"a\\ud83d\": 1}", "FT5202", ":2", Malformed + Half + Download)]
    [InlineData("added_tokens.json", "{\n\"a\\ud83d\": 1}", "FT5202", ":2", Malformed + Half + Download)]
    [InlineData("vocab.json", "{\n\"a\\ud83d\": 1}", "FT5202", ":2", Malformed + Half + Download)]
    [InlineData("model.safetensors.index.json", "{\n\"a\\ud83d\": 1}", "FT5113", ":2", $"The index of the shards is not JSON: {Half}. {Again}")]
    [InlineData("model.safetensors.index.json", "[]", "FT5113", "", "The index of the shards lacks the object 'weight_map'.")]
    [InlineData("model.safetensors.index.json", """{"weight_map": {"a": null}}""", "FT5113", "", "The index names no shard for tensor 'a'.")]
    [InlineData("model.safetensors.index.json", """{"weight_map": {"a": ""}}""", "FT5113", "", "The index names the shard '', which is not a file of the folder.")]
    [InlineData("model.safetensors.index.json", """{"weight_map": {"a": "x\u0000"}}""", "FT5113", "", "The index names the shard 'x\0', which is not a file of the folder.")]
    [InlineData("model.safetensors.index.json", """{"weight_map": {"model.norm.weight": "1.safetensors", "b": "2.safetensors"}}""", "FT5113", "", "The index lists tensor 'b', but the shards do not have it.")]
    [InlineData("model.safetensors.index.json", """{"weight_map": {"model.norm.weight": "1.safetensors", "lm_head.weight": "2.safetensors"}}""", "FT5113", "", "Tensor 'lm_head.weight' is in two of the shards.")]
    [InlineData("adapter_config.json", "{\n\"a\\ud83d\": 1}", "FT5403", ":2", $"adapter_config.json is not JSON: {Half}. {Again}")]
    [InlineData("adapter_config.json", "[]", "FT5403", "", "Adapters of type '' are not supported. Supported: LORA.")]
    public void Damage_IsToldWithItsPlace(string file, string content, string code, string line, string message)
    {
        var error = Told(file, content);

        Assert.Equal((code, PathOf(file) + line, message), (error.Code, error.Place, error.Message));
    }

    [Theory]
    [InlineData("tokenizer_config.json", "{\n\"a\\ud83d\": 1}", "FT5509", ":2", $"The file is not valid JSON: {Half}. Get it again from where it came.")]
    [InlineData("special_tokens_map.json", "{\n\n", "FT5509", ":3", null)]
    [InlineData("tokenizer_config.json", """{"chat_template": [{"name": 5, "template": "a"}, {"name": "default", "template": ["b"]}]}""", "FT5508", null, null)]
    public void DamageBesideATemplate_IsTold(string file, string content, string code, string? line, string? message)
    {
        File.WriteAllText(PathOf(file), content);

        var error = Assert.Throws<FineTuneException>(() => ChatTemplate.FromModelFolder(Folder));

        Assert.Equal((code, line is null ? Folder : PathOf(file) + line), (error.Code, error.Place));
        Assert.Equal(message ?? error.Message, error.Message);
    }

    [Fact]
    public void OfAKeyThatIsThereTwice_TheLastCounts()
    {
        File.WriteAllText(PathOf("tokenizer_config.json"), """{"chat_template": "a", "eos_token": "x", "chat_template": "{{ eos_token }}", "eos_token": "<|end|>"}""");

        Assert.Equal("<|end|>", ChatTemplate.FromModelFolder(Folder).Format([new("user", "u")]));
        Assert.Equal(0, Tokenizer.Load(Folder).EosTokenId);
    }

    private string PathOf(string file) => Path.Combine(Folder, file);

    private FineTuneException Told(string file, string content)
    {
        if (file == "vocab.json")
        {
            File.Delete(PathOf("tokenizer.json"));
            File.Delete(PathOf("tokenizer_config.json"));
            File.WriteAllText(PathOf("merges.txt"), "");
        }
        else if (file == "model.safetensors.index.json")
        {
            File.Delete(PathOf("model.safetensors"));
            File.WriteAllBytes(PathOf("1.safetensors"), FineTune.TestSupport.TinyModel.Weights("F32", 4, [("model.norm.weight", [8]), ("lm_head.weight", [2])]));
            File.WriteAllBytes(PathOf("2.safetensors"), FineTune.TestSupport.TinyModel.Weights("F32", 4, [("lm_head.weight", [2])]));
        }

        var (config, tokenizer) = (ModelConfig.Load(Folder), file == "vocab.json" ? null : Tokenizer.Load(Folder));
        File.WriteAllText(PathOf(file), content);
        return Assert.Throws<FineTuneException>(() =>
        {
            ModelConfig.Load(Folder);
            StopTokens.Of(Folder, config, tokenizer ?? Tokenizer.Load(Folder));
            Tokenizer.Load(Folder);
            WeightSource.Open(Folder).Dispose();
            using var model = CausalLanguageModel.Random(config, 1, torch.ScalarType.Float32, torch.ScalarType.Float32);
            PeftFolder.Load(Folder, model).Dispose();
        });
    }
}
