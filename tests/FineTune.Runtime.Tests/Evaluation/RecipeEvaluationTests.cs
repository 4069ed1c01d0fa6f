using FineTune.Data;
using FineTune.Evaluation;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tests.Training;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Tests.Evaluation;

public sealed class RecipeEvaluationTests : IDisposable
{
    private readonly TinyProject _project = new(40);

    public RecipeEvaluationTests() => _project.Options = _project.Options with
    {
        Data = _project.Options.Data with { Test = _project.DataPath },
        Evaluation = new() { Metrics = [Metric.Perplexity, Metric.Rouge1, Metric.RougeL], Rows = 10, MaxNewTokens = 8 },
        Training = _project.Options.Training with { Epochs = 20 },
    };

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(false, 0.8)] // On a base of random weights an adapter learns little.
    [InlineData(true, 0.1)]
    public void ATunedModel_IsBetterOnWhatItLearned(bool full, double share)
    {
        if (full)
            _project.Options = _project.Options with { Adapter = null, Training = _project.Options.Training with { Epochs = 30 } };
        _project.Folder = RunFolder.Of(_project.Options, _project.Root);
        var before = Evaluate();
        Assert.Null(before.Tuned);
        TrainingRun.Execute(_project.Pipeline, _project.Options, _project.Folder, new RecordingObserver(), CancellationToken.None);

        var result = Evaluate();
        Assert.Equal(10, result.Rows);
        Assert.Equal(before.Base, result.Base);
        Assert.True(result.Tuned!.Perplexity < share * result.Base.Perplexity, $"{result.Base.Perplexity} -> {result.Tuned.Perplexity}");
        Assert.True(!full || result.Tuned.RougeL > result.Base.RougeL, $"{result.Base.RougeL} -> {result.Tuned.RougeL}");
        Assert.NotNull(result.Tuned.Rouge1);
        Assert.Null(result.Tuned.Rouge2);
        Assert.Equal([1, 5, 9, 13, 17, 21, 25, 29, 33, 37], result.Completions.Select(row => row.Line));
        Assert.StartsWith("Q: ", result.Completions[0].Context, StringComparison.Ordinal);
        Assert.NotEqual(result.Completions[0].Base, result.Completions[0].Tuned);
    }

    [Fact]
    public void Perplexity_IsTheExponentialOfTheMeanLossOfTrainedTokens()
    {
        var options = _project.Options;
        var config = ModelConfig.Load(options.Model.Base);
        var sequences = EvaluationRows.Read(_project.Pipeline, options, config).Sequences;
        using var model = CausalLanguageModel.Load(options.Model.Base);
        var losses = sequences.SelectMany(sequence => LossesByDefinition(model, sequence)).ToList();

        var perplexity = Perplexity.Of(model, sequences, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(sequences.Sum(sequence => sequence.TrainedTokens), losses.Count);
        Assert.Equal(Math.Exp(losses.Average()), perplexity, 1e-4 * perplexity);
    }

    [Fact]
    public void ABrokenTestRow_IsNamed()
    {
        File.AppendAllText(_project.DataPath, "{\"question\":");
        _project.Options = _project.Options with { Evaluation = _project.Options.Evaluation with { Rows = 100 } };
        var exception = Assert.Throws<FineTuneException>(Evaluate);
        Assert.Equal("FT5012", exception.Code);
        Assert.EndsWith(":41", exception.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void CancelledWork_SaysSo() => Assert.Throws<OperationCanceledException>(() => RecipeEvaluation.Run(
        _project.Pipeline, _project.Options, _project.Folder, new Progress<EvaluationProgress>(), new CancellationToken(canceled: true)));

    private EvaluationResult Evaluate() => RecipeEvaluation.Run(
        _project.Pipeline, _project.Options, _project.Folder, new Progress<EvaluationProgress>(), CancellationToken.None);

    // Row by row, from the logits of all positions, in fp64.
    private static IEnumerable<double> LossesByDefinition(CausalLanguageModel model, TokenSequence sequence)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var context = model.Context(new SequenceLayout([sequence.Length]));
        var logits = model.Logits(model.Forward(sequence.Ids, context)).to(ScalarType.Float64);
        var logProbabilities = nn.functional.log_softmax(logits, 1);
        return Enumerable.Range(1, sequence.Length - 1).Where(sequence.IsTrained)
            .Select(t => -logProbabilities[t - 1, sequence.Ids[t]].item<double>()).ToList();
    }
}
