using FineTune.Evaluation;
using FineTune.Hooks;
using FineTune.Recipes;
using FineTune.Storage;
using FineTune.Tests.Training;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Tests.Hooks;

/// <summary>What a project overrides in its pipeline.</summary>
[Collection(nameof(RandomState))]
public sealed class HookTests
{
    [Fact]
    public void A_loss_that_is_cross_entropy_trains_as_the_built_in_one()
    {
        using var builtIn = new TinyProject();
        using var own = new TinyProject { Pipeline = new Hooked { OwnLoss = new OwnLoss("cross-entropy", (logits, targets) => nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.None)) } };

        Train(builtIn);
        Train(own);

        var (expected, actual) = (Weights(builtIn), Weights(own));
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 2e-5);
    }

    [Fact]
    public void A_loss_in_fp64_trains_too()
    {
        using var project = new TinyProject
        {
            Pipeline = new Hooked { OwnLoss = new OwnLoss("fp64", (logits, targets) => nn.functional.cross_entropy(logits.to(ScalarType.Float64), targets, reduction: nn.Reduction.None)) },
        };

        Assert.InRange(Train(project).FinalLoss, 0.01, 20);
    }

    [Fact]
    public void Another_loss_is_another_run()
    {
        OwnLoss Scaled(string name) => new(name, (logits, targets) => nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.None) * 2);
        using var project = new TinyProject { Pipeline = new Hooked { OwnLoss = Scaled("doubled") } };
        Train(project);
        Assert.True(Train(project).AlreadyFinished);

        ((Hooked)project.Pipeline).OwnLoss = Scaled("doubled-2");
        Assert.False(Train(project).AlreadyFinished);
    }

    [Fact]
    public void A_loss_of_another_shape_is_an_error()
    {
        using var mean = new TinyProject { Pipeline = new Hooked { OwnLoss = new OwnLoss("mean", (logits, targets) => nn.functional.cross_entropy(logits, targets)) } };
        var error = Assert.Throws<FineTuneException>(() => Train(mean));
        Assert.Equal("FT5031", error.Code);
        Assert.Contains("[]", error.Message, StringComparison.Ordinal);

        using var constant = new TinyProject { Pipeline = new Hooked { OwnLoss = new OwnLoss("constant", (logits, targets) => zeros(targets.shape[0])) } };
        Assert.Contains("without a gradient", Assert.Throws<FineTuneException>(() => Train(constant)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_are_told_and_what_the_users_code_throws_is_told_with_its_line()
    {
        var steps = new List<int>();
        using var project = new TinyProject { Pipeline = new Hooked { Stepped = step => steps.Add(step.Step) } };
        var result = Train(project);
        Assert.Equal(Enumerable.Range(1, result.Steps), steps);

        using var broken = new TinyProject { Pipeline = new Hooked { Stepped = _ => throw new InvalidOperationException("The disk of my own is full.") } };
        var error = Assert.Throws<FineTuneException>(() => Train(broken));
        Assert.Equal("FT5030", error.Code);
        Assert.Contains("OnStep of the recipe 'Tiny' threw InvalidOperationException: The disk of my own is full.", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"HookTests\.cs:\d+$", error.Place);
    }

    [Fact]
    public void Metrics_are_means_over_rows_for_both_models()
    {
        using var project = new TinyProject { Pipeline = new Hooked { OwnMetrics = [new LengthDifference()] } };
        project.WriteTestRows([("red0", " green"), ("blue2", " one two")]);
        project.Options = project.Options with { Evaluation = project.Options.Evaluation with { Metrics = [], MaxNewTokens = 4 } };
        Train(project);

        var result = RecipeEvaluation.Run(project.Pipeline, project.Options, project.Folder, new Progress<EvaluationProgress>(), CancellationToken.None);

        var expected = result.Completions.Average(row => (double)Math.Abs(row.Tuned!.Length - row.Expected.Length));
        Assert.Equal(expected, result.Tuned!.Custom!["length difference"]);
        Assert.Equal(result.Completions.Average(row => (double)Math.Abs(row.Base.Length - row.Expected.Length)), result.Base.Custom!["length difference"]);
    }

    private static TrainingResult Train(TinyProject project)
    {
        using var observer = new RecordingObserver();
        return TrainingRun.Execute(project.Pipeline, project.Options, project.Folder, observer, observer.Stop);
    }

    private static float[] Weights(TinyProject project)
    {
        using var reader = SafetensorsReader.Open(Directory.EnumerateFiles(project.Folder.AdapterFolder, "*.safetensors").Single());
        return [.. reader.Entries.Keys.Order().SelectMany(name => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(reader.ReadBytes(name)).ToArray())];
    }

    private sealed class Hooked : TinyProject.TinyPipeline
    {
        public ITokenLoss? OwnLoss { get; set; }

        public IReadOnlyList<ITextMetric> OwnMetrics { get; init; } = [];

        public Action<TrainingStep> Stepped { get; init; } = _ => { };

        public override RecipeOptions Options => new() { Name = "Tiny", Model = new ModelOptions { Base = "model" }, Data = new DataOptions { Train = "train.jsonl" } };

        protected internal override ITokenLoss? Loss => OwnLoss;

        protected internal override IReadOnlyList<ITextMetric> Metrics => OwnMetrics;

        protected internal override void OnStep(TrainingStep step) => Stepped(step);
    }

    private sealed class OwnLoss(string name, Func<Tensor, Tensor, Tensor> losses) : ITokenLoss
    {
        public string Name => name;

        public Tensor Losses(Tensor logits, Tensor targets) => losses(logits, targets);
    }

    private sealed class LengthDifference : ITextMetric
    {
        public string Name => "length difference";

        public bool LowerIsBetter => true;

        public double Score(string prediction, string reference) => Math.Abs(prediction.Length - reference.Length);
    }
}
