using FineTune.Data;
using FineTune.Facts;
using FineTune.Hooks;
using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>The forward and backward pass of one micro-batch.</summary>
internal static class TrainingPass
{
    /// <summary>
    /// Adds the gradients of <c>Σ loss / divisor</c> over the batch's trained tokens to the model's trained parameters.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The micro-batch.</param>
    /// <param name="divisor">The trained tokens of the whole optimizer step, over all micro-batches and ranks.</param>
    /// <param name="custom">The user's loss in place of cross entropy, or null.</param>
    /// <param name="settings">What is done beside plain cross entropy; null is nothing.</param>
    /// <returns>The sum of the trained tokens' losses, in nats.</returns>
    public static double Run(CausalLanguageModel model, PackedBatch batch, double divisor, CustomLoss? custom = null, PassSettings? settings = null) =>
        Run(model, batch, Gradient(divisor, custom, settings?.Loss), settings?.NeftuneNoiseAlpha ?? 0);

    /// <summary>Adds the gradients of a loss of the batch's trained tokens to the model's trained parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The micro-batch.</param>
    /// <param name="gradient">
    /// Overwrites logits [rows, vocabulary] with the gradient of the loss, which it returns. It gets the tokens that the rows have to
    /// predict, negative ones for filler at their end, and the place of the first of them among the batch's targets.
    /// </param>
    /// <param name="embeddingNoise">The scale of the noise on embeddings.</param>
    /// <returns>The loss.</returns>
    public static double Run(CausalLanguageModel model, PackedBatch batch, Func<Tensor, int[], int, double> gradient, double embeddingNoise = 0) =>
        Run(model, batch, batch.Predictors, (hidden, rows) => HeadLoss(model, hidden, rows, batch.Targets, gradient), embeddingNoise);

    /// <summary>Adds the gradients of a loss of the residual stream to the model's trained parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The micro-batch.</param>
    /// <param name="read">The tokens that the loss depends on.</param>
    /// <param name="head">
    /// Gives the loss and its gradient of the residual stream after the last block, of which it gets the rows of all tokens or of fewer, and
    /// where in these the tokens that it reads are.
    /// </param>
    /// <param name="embeddingNoise">The scale of the noise on embeddings.</param>
    /// <returns>The loss.</returns>
    public static double Run(CausalLanguageModel model, PackedBatch batch, int[] read, Func<Tensor, int[], (double Loss, Tensor Gradient)> head, double embeddingNoise = 0)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var pass = StepMemory.Pass();
        if (model.ProductType == ScalarType.BFloat16)
            batch = batch.Filled();
        using var context = model.Context(batch.Layout);
        var (lowest, last) = (LowestTrained(model), model.Blocks.Count - 1);
        var selected = Selected(model, read, batch.Tokens.Length);
        var states = model.Blocks.Select((_, i) => new LlamaBlockState()).ToArray();
        try
        {
            var hidden = model.Forward(batch.Tokens, context, states, embeddingNoise, selected);
            var (loss, gradient) = head(hidden, selected is null ? read : [.. Enumerable.Range(0, read.Length)]);
            hidden.Dispose();
            for (var i = last; i >= lowest; i--)
            {
                gradient = model.Blocks[i].Backward(gradient, context, states[i], inputGradient: i > lowest || model.Tokens.IsTrained, i == last ? selected : null);
                states[i].Dispose();
            }

            if (model.Tokens.IsTrained)
                model.Tokens.AddGradients(batch.Tokens, gradient);
            return loss;
        }
        finally
        {
            foreach (var state in states)
                state.Dispose();
        }
    }

    /// <summary>The losses of a batch's trained tokens, in nats, without gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="temperature">Divides the logits.</param>
    public static float[] Losses(CausalLanguageModel model, PackedBatch batch, double temperature = 1) => Evaluate(model, batch, temperature).Losses;

    /// <summary>The losses of a batch's trained tokens, in nats, and how many of these tokens the model finds most likely.</summary>
    public static (float[] Losses, long Likeliest) Evaluate(CausalLanguageModel model, PackedBatch batch, double temperature = 1)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var context = model.Context(batch.Layout);
        var hidden = model.Forward(batch.Tokens, context);
        var (losses, likeliest) = (new float[batch.Targets.Length], 0L);
        foreach (var (from, length) in Chunks(batch.Targets.Length, model.Config.VocabularySize * hidden.element_size()))
        {
            using var chunk = NewDisposeScope();
            var rows = RowGather.Take(hidden, batch.Predictors.AsSpan(from, length), hidden.dtype);
            var logits = model.Logits(rows);
            if (temperature != 1)
                logits.div_(temperature);
            CrossEntropy.Losses(logits, batch.Targets.AsSpan(from, length)).CopyTo(losses, from);
            likeliest += logits.argmax(1).eq(tensor(batch.Targets[from..(from + length)], dtype: ScalarType.Int64)).sum().item<long>();
        }

        return (losses, likeliest);
    }

    private static Func<Tensor, int[], int, double> Gradient(double divisor, CustomLoss? custom, TokenLoss? shaped)
    {
        var weight = (float)(1 / divisor);
        return (logits, targets, _) => custom?.GradientInPlace(logits, targets, weight)
            ?? shaped?.GradientInPlace(logits, targets, weight)
            ?? Sum(CrossEntropy.GradientInPlace(logits, targets, weight));
    }

    // The loss, and the gradient of the residual stream after the last block. Logits exist only at trained positions.
    private static (double Loss, Tensor Gradient) HeadLoss(
        CausalLanguageModel model, Tensor hidden, int[] predictors, int[] targetIds, Func<Tensor, int[], int, double> lossGradient)
    {
        var gradient = StepMemory.Zeros(hidden.dtype, hidden.shape);
        double loss = 0;
        foreach (var (from, length) in Chunks(targetIds.Length, model.Config.VocabularySize * hidden.element_size()))
        {
            using var chunk = NewDisposeScope();
            using var temporaries = StepMemory.Temporaries();
            var rows = RowGather.Take(hidden, Filled(predictors, from, length, filler: 0), hidden.dtype);
            var (normed, scale) = RmsNorm.Forward(rows, model.FinalNorm.Value, model.Config.RmsNormEpsilon);
            using var state = new LinearState();
            var logits = model.Head.Forward(normed, state: state);
            var targets = Filled(targetIds, from, length, filler: -1);
            loss += lossGradient(logits, targets, from);
            model.Head.AddGradients(logits, normed, state);
            var gradNormed = model.Head.InputGradient(logits, state);
            var gradRows = StepMemory.Zeros(rows.dtype, rows.shape);
            RmsNorm.Backward(gradNormed, rows, model.FinalNorm.Value, scale, gradRows, model.FinalNorm.Gradient);
            var positions = tensor(predictors[from..(from + length)], dtype: ScalarType.Int64);
            gradient.index_copy_(0, positions, gradRows.narrow(0, 0, length));
        }

        return (loss, gradient);
    }

    private static double Sum(float[] losses)
    {
        double sum = 0;
        foreach (var loss in losses)
            sum += loss;
        return sum;
    }

    // Part of an array, filled up to one of few lengths (see PackedBatch.Filled).
    private static int[] Filled(int[] values, int from, int length, int filler) => Filled(values, from, length, filler, PackedBatch.FilledLength(length));

    private static int[] Filled(int[] values, int from, int length, int filler, int filledLength)
    {
        var filled = new int[filledLength];
        values.AsSpan(from, length).CopyTo(filled);
        filled.AsSpan(length).Fill(filler);
        return filled;
    }

    // Chunks of about one length, which are the faster the longer they are: the head's weights are read anew for each.
    private static IEnumerable<(int From, int Length)> Chunks(int rows, long rowBytes)
    {
        var most = (int)Math.Clamp(MemorySizes.ChunkBytes / rowBytes / 64 * 64, 64, 8192);
        var chunks = (rows + most - 1) / most;
        for (var i = 0; i < chunks; i++)
        {
            var from = (int)((long)rows * i / chunks);
            yield return (from, (int)((long)rows * (i + 1) / chunks) - from);
        }
    }

    // The rows that the last block needs to compute to its end; null is all.
    private static SelectedRows? Selected(CausalLanguageModel model, int[] read, int tokens)
    {
        // What is read varies more than batches do: lengths that are far apart, for the sake of the compiled products' memory.
        var indices = model.ProductType == ScalarType.BFloat16 ? Filled(read, 0, read.Length, filler: 0, PackedBatch.FilledLength(read.Length, parts: 8)) : read;
        return indices.Length > 0 && indices.Length < tokens && model.Blocks.Count > 0 ? new SelectedRows(indices, read.Length) : null;
    }

    // Blocks below the lowest trained one need no backward pass.
    private static int LowestTrained(CausalLanguageModel model)
    {
        if (model.Tokens.IsTrained)
            return 0;
        for (var i = 0; i < model.Blocks.Count; i++)
        {
            var block = model.Blocks[i];
            if (block.Norms.Any(norm => norm.IsTrained) || block.Linears.Any(linear => linear.Adapter is { Enabled: true } || linear.Weight.IsTrained || linear.Bias is { IsTrained: true }))
                return i;
        }

        return model.Blocks.Count;
    }
}
