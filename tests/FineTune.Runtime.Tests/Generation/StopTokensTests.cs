using FineTune.Models;
using FineTune.Tests.Training;
using FineTune.Tokenization;

namespace FineTune.Tests.Generation;

public sealed class StopTokensTests : IDisposable
{
    private readonly TinyProject _project = new(2);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(null, new[] { 0 })]
    [InlineData("""{"eos_token_id": 5}""", new[] { 0, 5 })]
    [InlineData("""{"eos_token_id": [7, 5], "do_sample": true}""", new[] { 0, 5, 7 })]
    [InlineData("""{"eos_token_id": null}""", new[] { 0 })]
    public void TheModelsAndTheGenerationConfigs_Together(string? generationConfig, int[] expected) =>
        Assert.Equal(expected, Stops(generationConfig).Order());

    [Theory]
    [InlineData("{", ":1")]
    [InlineData("""{"eos_token_id": 1.5}""", "")]
    public void ADamagedFile_IsNamed(string generationConfig, string line)
    {
        var exception = Assert.Throws<FineTuneException>(() => Stops(generationConfig));
        Assert.Equal("FT5602", exception.Code);
        Assert.EndsWith("generation_config.json" + line, exception.Place, StringComparison.Ordinal);
    }

    private IReadOnlyCollection<int> Stops(string? generationConfig)
    {
        var folder = _project.ModelFolderPath;
        if (generationConfig is not null)
            File.WriteAllText(Path.Combine(folder, "generation_config.json"), generationConfig);
        return StopTokens.Of(folder, ModelConfig.Load(folder), Tokenizer.Load(folder));
    }
}
