using FineTune.Models;
using FineTune.Tests.Training;
using FineTune.TestSupport;
using FineTune.Training;
using Weights = FineTune.TestSupport.TinyModel;

namespace FineTune.Tests.Models;

/// <summary>Files of a model folder that are sound, but do not belong together or are not supported.</summary>
public sealed class ModelMismatchTests : IDisposable
{
    private readonly TinyProject _project = new(2);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("\"hidden_size\": 32", "\"hidden_size\": 32, \"hidden_act\": \"gelu\"", "The activation 'gelu' is not supported for llama. Supported: silu.")]
    [InlineData("\"hidden_size\": 32", "\"hidden_size\": 32, \"rope_scaling\": {\"type\": \"longrope\"}", "The rotary embedding 'longrope' is not supported. Supported: default, linear, dynamic, llama3, yarn.")]
    public void WhatIsNotSupported_IsNotIgnored(string setting, string other, string message)
    {
        var config = Change(setting, other);

        var error = Assert.Throws<FineTuneException>(() => ModelConfig.Load(_project.ModelFolderPath));

        Assert.Equal(("FT5112", config, message), (error.Code, error.Place, error.Message));
    }

    [Theory]
    [InlineData("FT5114", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", "The weights lack tensor 'model.layers.2.")]
    [InlineData("FT5115", "\"intermediate_size\": 64", "\"intermediate_size\": 48", "has shape [64, 32], but config.json asks for [48, 32].")]
    [InlineData("FT5116", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1", "tensors have no place in a model of type llama: model.layers.1.")]
    public void WeightsOfAnotherModel_AreRefused(string code, string setting, string other, string message)
    {
        Change(setting, other);

        var error = Assert.Throws<FineTuneException>(() => CausalLanguageModel.Load(_project.ModelFolderPath));

        Assert.Equal((code, _project.ModelFolderPath), (error.Code, error.Place));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATensorOfATypeThatIsNotComputedWith_IsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.safetensors"), Weights.Weights("U16", 2, [("a", [2, 3])]));
        using var source = WeightSource.Open(folder.Path);

        var error = Assert.Throws<FineTuneException>(() => source.Read("a"));

        Assert.Equal(("FT5102", folder.File("model.safetensors")), (error.Code, error.Place));
    }

    [Fact]
    public void AClassifier_IsNotTrained()
    {
        Change("LlamaForCausalLM", "LlamaForSequenceClassification");

        Assert.Equal(("FT5216", _project.ModelFolderPath), Mistake());
    }

    [Fact]
    public void ATokenizerOfALargerModel_IsRefused()
    {
        Change("\"vocab_size\": 300", "\"vocab_size\": 8");
        var error = Assert.Throws<FineTuneException>(() => RowPreparation.Of(_project.Options, ModelConfig.Load(_project.ModelFolderPath)));

        Assert.Equal(("FT5314", _project.ModelFolderPath), (error.Code, error.Place));
        Assert.EndsWith("but the model has embeddings for 8 tokens: tokenizer and config.json belong to different models.", error.Message, StringComparison.Ordinal);
    }

    private (string Code, string? Place) Mistake()
    {
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(_project.Pipeline, _project.Options));
        return (error.Code, error.Place);
    }

    private string Change(string setting, string other)
    {
        var config = Path.Combine(_project.ModelFolderPath, "config.json");
        var text = File.ReadAllText(config);
        Assert.Contains(setting, text, StringComparison.Ordinal);
        File.WriteAllText(config, text.Replace(setting, other, StringComparison.Ordinal));
        return config;
    }
}
