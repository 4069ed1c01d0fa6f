using FineTune.Adapters;
using FineTune.App;
using FineTune.Models;
using FineTune.Tests.Training;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Tests.App;

public sealed class AdapterMergeTests : IDisposable
{
    private readonly TinyProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void AMergedModel_AnswersAsTheAdapterDoes()
    {
        TrainingRun.Execute(_project.Pipeline, _project.Options, _project.Folder, new RecordingObserver(), CancellationToken.None);
        var output = Path.Combine(_project.Root, "merged");
        var result = AdapterMerge.Write(_project.Options, _project.Folder, output);

        Assert.Equal((14, "bfloat16"), (result.Layers, result.DType));
        Assert.True(File.Exists(Path.Combine(output, "tokenizer.json")));
        Assert.InRange(result.LostShare, -0.05, 0.05);

        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var merged = CausalLanguageModel.Load(output);
        using var model = CausalLanguageModel.Load(_project.Options.Model.Base);
        var plain = Logits(model);
        using var adapters = PeftFolder.Load(_project.Folder.AdapterFolder, model);
        var (adapted, rounded) = (Logits(model), Logits(merged));
        var difference = (rounded - adapted).norm().item<float>();
        Assert.True(difference < 0.1 * (adapted - plain).norm().item<float>(), $"The merged model is {difference} off.");
        Assert.Equal(ScalarType.BFloat16, merged.Parameters["model.layers.0.self_attn.q_proj.weight"].Value.dtype);
    }

    [Fact]
    public void AnAdapterThatRoundingWouldSwallow_IsAMistake()
    {
        // A base in bf16 lies on bf16's grid: what is smaller than half a step leaves it where it is.
        var rounded = Path.Combine(_project.Root, "rounded");
        using (var model = CausalLanguageModel.Load(_project.Options.Model.Base))
            ModelFolder.Save(rounded, model, _project.Options.Model.Base, ScalarType.BFloat16);
        var options = _project.Options with { Model = _project.Options.Model with { Base = rounded } };
        options = options with { Training = options.Training with { LearningRate = 1e-6, MaxSteps = 2 } };
        TrainingRun.Execute(_project.Pipeline, options, _project.Folder, new RecordingObserver(), CancellationToken.None);
        var exception = Assert.Throws<FineTuneException>(() => AdapterMerge.Write(options, _project.Folder, Path.Combine(_project.Root, "merged")));
        Assert.Equal("FT5604", exception.Code);
        Assert.False(Directory.Exists(Path.Combine(_project.Root, "merged")));
    }

    private static Tensor Logits(CausalLanguageModel model)
    {
        using var context = model.Context(new FineTune.Data.SequenceLayout([6]));
        return model.Logits(model.Forward([5, 17, 80, 22, 31, 9], context));
    }
}
