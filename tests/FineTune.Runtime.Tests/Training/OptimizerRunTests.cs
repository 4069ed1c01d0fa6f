using FineTune.Models;
using FineTune.Recipes;
using FineTune.Storage;
using FineTune.Tensors;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Tests.Training;

/// <summary>Every optimizer, loss and average in whole runs: they learn, and resume bit for bit.</summary>
[Collection(nameof(RandomState))]
public sealed class OptimizerRunTests
{
    public static TheoryData<OptimizerKind> Kinds => [.. Enum.GetValues<OptimizerKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_optimizer_learns_and_resumes_to_the_same_weights(OptimizerKind kind)
    {
        TrainingOptions Options(TrainingOptions training) => training with
        {
            Optimizer = kind,
            LearningRate = kind is OptimizerKind.Sgd ? 0.3 : kind is OptimizerKind.Lion ? 1e-3 : 5e-3,
            Momentum = kind is OptimizerKind.Sgd or OptimizerKind.RmsProp ? 0.5 : null,
            Schedule = LearningRateSchedule.Constant,
            WeightDecay = 0.01,
            MaxSteps = 12,
        };
        using var project = Check(Options);
        var losses = File.ReadLines(project.Folder.MetricsFile).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("loss").GetDouble()).ToList();
        Assert.True(losses[^1] < losses[0], string.Join(" ", losses));
    }

    [Theory]
    [InlineData(WeightAveraging.Ema)]
    [InlineData(WeightAveraging.Last)]
    [InlineData(WeightAveraging.Swa)]
    public void Every_average_is_the_result_and_resumes_to_the_same(WeightAveraging kind)
    {
        TrainingOptions Options(TrainingOptions training) => training with { Average = kind, EmaDecay = 0.8, AverageLast = 4, SwaStart = 0.5, SwaEvery = 2, MaxSteps = 12, SaveSteps = 1, SaveTotalLimit = 100 };
        using var project = Check(Options);
        using var last = SafetensorsReader.Open(Path.Combine(project.Folder.CheckpointsFolder, "step-00000012", "trained.safetensors"));
        Assert.NotEqual(Convert.ToHexString(last.ReadBytes("model.norm.weight")), Weight(project, "model.norm.weight"));
        if (kind != WeightAveraging.Swa)
            return;
        // The steps 6, 8, 10 and 12.
        using var scope = NewDisposeScope();
        var mean = stack(new[] { 6, 8, 10, 12 }.Select(step =>
        {
            using var reader = SafetensorsReader.Open(Path.Combine(project.Folder.CheckpointsFolder, $"step-{step:D8}", "trained.safetensors"));
            return reader.Read("model.norm.weight");
        }).ToArray()).mean([0]);
        using var result = SafetensorsReader.Open(Path.Combine(project.Folder.AdapterFolder, "model.safetensors"));
        Assert.True((result.Read("model.norm.weight") - mean).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Losses_and_noise_change_the_run_and_resume_to_the_same()
    {
        using var plain = Check(training => training with { MaxSteps = 8 });
        foreach (var change in new Func<TrainingOptions, TrainingOptions>[]
        {
            training => training with { LabelSmoothing = 0.1 }, training => training with { ZLoss = 0.1 }, training => training with { LossType = LossType.Dft },
            training => training with { NeftuneNoiseAlpha = 5 }, training => training with { MaxGradValue = 1e-3 },
        })
        {
            using var changed = Check(training => change(training with { MaxSteps = 8 }));
            Assert.NotEqual(Weight(plain, "model.norm.weight"), Weight(changed, "model.norm.weight"));
        }
    }

    [Fact]
    public void An_average_that_is_best_is_the_result()
    {
        using var project = New(training => training with { Average = WeightAveraging.Ema, EmaDecay = 0.5, EvalSteps = 2, LoadBest = true, MaxSteps = 60, LearningRate = 1e-2 });
        project.WriteTestRows([("red0", " one 5"), ("green1", " north 0"), ("two4", " blue 2")]);
        var (result, observer) = Run(project);
        Assert.InRange(result.Best!.Step!.Value, 2, 58);
        using var model = CausalLanguageModel.Load(project.Folder.AdapterFolder);
        using var setup = TrainingSetup.Prepare(project.Pipeline, project.Options);
        var losses = setup.HeldOut!.Sequences.SelectMany(sequence => TrainingPass.Losses(model, FineTune.Data.PackedBatch.Of([sequence]))).ToList();
        Assert.Equal(observer.Evaluations.Min(evaluation => evaluation.Loss), losses.Average(), 1e-5);
    }

    [Theory]
    [InlineData(0.0, 0.0, false)]
    [InlineData(0.1, 0.0, false)]
    [InlineData(0.0, 0.02, false)]
    [InlineData(0.2, 0.05, false)]
    [InlineData(0.0, 0.0, true)]
    [InlineData(0.0, 0.05, true)]
    public void The_gradient_of_a_loss_is_that_of_its_formula(double smoothing, double z, bool dynamic)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var logits = randn([5, 37], generator: random).mul_(3);
        int[] targets = [3, 36, 0, 12, -1];
        var leaf = logits.to(ScalarType.Float64).requires_grad_();
        var logs = leaf.log_softmax(1);
        var ids = tensor(targets.Select(id => (long)Math.Max(0, id)).ToArray()).unsqueeze(1);
        var nll = logs.gather(1, ids).squeeze(1).neg();
        var losses = ((1 - smoothing) * nll - smoothing * logs.mean([1])) * (dynamic ? nll.neg().exp().detach() : 1) + z * leaf.logsumexp(1).square();
        var expected = losses.narrow(0, 0, 4).sum();
        (expected * 0.25).backward();

        var sum = new TokenLoss(smoothing, z, dynamic).GradientInPlace(logits, targets, 0.25f);
        Assert.Equal(expected.item<double>(), sum, 1e-5);
        Assert.True((leaf.grad! - logits).abs().max().item<double>() < 1e-6);
    }

    private static TinyProject Check(Func<TrainingOptions, TrainingOptions> options)
    {
        var whole = New(options);
        using var parts = New(options);
        Run(whole);
        Assert.True(Run(parts, stopAfter: 3).Result.Interrupted);
        Assert.True(Run(parts, stopAfter: 7).Result.Interrupted);
        Run(parts);
        Assert.Equal(Tensors(whole), Tensors(parts));
        return whole;
    }

    private static TinyProject New(Func<TrainingOptions, TrainingOptions> options)
    {
        var project = new TinyProject();
        project.Options = project.Options with { Adapter = null, Training = options(project.Options.Training with { Epochs = 20, LearningRate = 5e-3 }) };
        project.Folder = RunFolder.Of(project.Options, project.Root);
        return project;
    }

    private static (TrainingResult Result, RecordingObserver Observer) Run(TinyProject project, int? stopAfter = null)
    {
        using var observer = new RecordingObserver { StopAfter = stopAfter };
        return (TrainingRun.Execute(project.Pipeline, project.Options, project.Folder, observer, observer.Stop), observer);
    }

    private static string Weight(TinyProject project, string name)
    {
        using var reader = SafetensorsReader.Open(Path.Combine(project.Folder.AdapterFolder, "model.safetensors"));
        return Convert.ToHexString(reader.ReadBytes(name));
    }

    private static string Tensors(TinyProject project)
    {
        using var reader = SafetensorsReader.Open(Path.Combine(project.Folder.AdapterFolder, "model.safetensors"));
        return string.Concat(reader.Entries.Keys.Order().Select(name => name + Convert.ToHexString(reader.ReadBytes(name))));
    }
}
