using System.Collections;
using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Tests.Training;

/// <summary>One forward and backward pass.</summary>
public sealed class TrainingPassTests : IDisposable
{
    private readonly TinyProject _project = new(4);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(ScalarType.Float32, false, 1e-5)]
    [InlineData(ScalarType.Float32, true, 1e-5)]
    [InlineData(ScalarType.BFloat16, false, 3e-2)]
    [InlineData(ScalarType.BFloat16, true, 3e-2)]
    public void What_nobody_reads_of_the_last_block_changes_no_gradient(ScalarType type, bool lora, double tolerance)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        // 44 of 150 tokens are read; their number gets filler in bf16.
        var batch = PackedBatch.Of([Sequence(70, 50), Sequence(60, 36), Sequence(20, 20)]);
        int[] all = [.. Enumerable.Range(0, batch.Tokens.Length)];
        Assert.Equal((150, 44), (all.Length, batch.Predictors.Length));
        var (few, rowsOfFew, loss) = Gradients(type, lora, batch, batch.Predictors);
        var (whole, rowsOfAll, expected) = Gradients(type, lora, batch, all);

        Assert.Equal(type == ScalarType.BFloat16 ? 64 : 44, rowsOfFew);
        Assert.Equal(type == ScalarType.BFloat16 ? 192 : 150, rowsOfAll);
        Assert.Equal(expected, loss, tolerance * Math.Max(1, Math.Abs(expected)));
        Assert.NotEmpty(whole);
        foreach (var (name, gradient) in whole)
        {
            var (difference, size) = ((few[name] - gradient).abs().max().item<float>(), gradient.abs().max().item<float>());
            Assert.True(size > 0 || name.Contains("lora_A", StringComparison.Ordinal), $"{name} has no gradient.");
            Assert.True(difference <= tolerance * size, $"{name}: {difference} apart, {tolerance * size} allowed.");
        }
    }

    [Fact]
    public void A_batch_without_a_trained_token_has_no_loss_and_no_gradient()
    {
        using var none = no_grad();
        using var model = CausalLanguageModel.Load(_project.ModelFolderPath);
        foreach (var parameter in model.Parameters.Values)
            parameter.Train();
        Assert.Equal(0, TrainingPass.Run(model, PackedBatch.Of([Sequence(20, 20)]), 1));
        Assert.All(model.Parameters.Values, parameter => Assert.Equal(0, parameter.Gradient!.abs().max().item<float>()));
    }

    // The gradients of a loss that reads the predictors of trained tokens, where so many tokens are given to the head.
    private (Dictionary<string, Tensor> Gradients, long Rows, double Loss) Gradients(ScalarType type, bool lora, PackedBatch batch, int[] read)
    {
        using var model = CausalLanguageModel.Load(_project.ModelFolderPath, type);
        using var adapters = lora ? AdapterSet.Create(model, new LoraOptions { Rank = 3 }, 1) : null;
        IEnumerable<Parameter> trained = adapters?.Parameters ?? model.Parameters.Values.Where(parameter => parameter != model.FinalNorm);
        foreach (var parameter in trained)
        {
            parameter.Train();
            // B begins with zeros, which would leave A without a gradient.
            if (parameter.Name.Contains("lora_B", StringComparison.Ordinal))
                parameter.Replace(Random(7, parameter.Value.shape) * 0.1);
        }

        var direction = Random(5, batch.Predictors.Length, model.Config.HiddenSize).to(type);
        long given = 0;
        var loss = TrainingPass.Run(model, batch, read, (hidden, rows) =>
        {
            given = hidden.shape[0];
            var positions = tensor(batch.Predictors.Select(predictor => (long)rows[Array.IndexOf(read, predictor)]).ToArray());
            var gradient = StepMemory.Zeros(hidden.dtype, hidden.shape);
            gradient.index_copy_(0, positions, direction);
            return ((hidden.index_select(0, positions).to(ScalarType.Float32) * direction.to(ScalarType.Float32)).sum().item<float>(), gradient);
        });
        return (trained.ToDictionary(parameter => parameter.Name, parameter => parameter.Gradient!.clone()), given, loss);
    }

    // The first tokens are a prompt.
    private static TokenSequence Sequence(int length, int prompt)
    {
        var ids = Enumerable.Range(0, length).Select(i => 3 + i * 37 % 250).ToArray();
        return new TokenSequence(ids, new BitArray([.. ids.Select((_, i) => i >= prompt)]), 0);
    }

    private static Tensor Random(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, generator: generator);
    }
}
