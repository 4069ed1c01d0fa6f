using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>
/// A decoder block of the Llama family: attention and a gated feed-forward block, each behind a norm and added to the
/// residual stream. T tokens of all sequences are the rows of [T, hidden] matrices; there is no padding.
/// </summary>
internal sealed class LlamaBlock
{
    private readonly ModelConfig _config;
    private readonly double _scale;
    private readonly int _index;

    public LlamaBlock(ModelConfig config, Func<string, LinearLayer> linear, Func<string, Parameter> parameter, int index)
    {
        _config = config;
        _index = index;
        _scale = 1 / Math.Sqrt(config.HeadSize);
        var path = $"model.layers.{index}.";
        InputNorm = parameter($"{path}input_layernorm.weight");
        AttentionNorm = parameter($"{path}post_attention_layernorm.weight");
        Query = linear($"{path}self_attn.q_proj");
        Key = linear($"{path}self_attn.k_proj");
        Value = linear($"{path}self_attn.v_proj");
        Output = linear($"{path}self_attn.o_proj");
        Gate = linear($"{path}mlp.gate_proj");
        Up = linear($"{path}mlp.up_proj");
        Down = linear($"{path}mlp.down_proj");
        QueryKeyValue = new LinearGroup(Query, Key, Value);
        GateUp = new LinearGroup(Gate, Up);
    }

    public Parameter InputNorm { get; }

    public Parameter AttentionNorm { get; }

    public LinearLayer Query { get; }

    public LinearLayer Key { get; }

    public LinearLayer Value { get; }

    public LinearLayer Output { get; }

    public LinearLayer Gate { get; }

    public LinearLayer Up { get; }

    public LinearLayer Down { get; }

    /// <summary>The layers that read the attention's input.</summary>
    public LinearGroup QueryKeyValue { get; }

    /// <summary>The layers that read the feed-forward block's input.</summary>
    public LinearGroup GateUp { get; }

    /// <summary>The block's linear layers, in the order of computation.</summary>
    public IEnumerable<LinearLayer> Linears => [Query, Key, Value, Output, Gate, Up, Down];

    /// <summary>The block's norms.</summary>
    public IEnumerable<Parameter> Norms => [InputNorm, AttentionNorm];

    /// <summary>The forward pass.</summary>
    /// <param name="hidden">[T, hidden]; unchanged.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="state">Filled for the backward pass; null outside of training.</param>
    /// <param name="read">The tokens whose result is read; null is all. What follows the attention is computed for them alone.</param>
    /// <returns>[T, hidden], or the rows that are read.</returns>
    public Tensor Forward(Tensor hidden, BatchContext batch, LlamaBlockState? state = null, SelectedRows? read = null)
    {
        using var scope = NewDisposeScope();
        using var temporaries = StepMemory.Temporaries();
        var (normed, inputScale) = RmsNorm.Forward(hidden, InputNorm.Value, _config.RmsNormEpsilon);
        Tensor[] projected;
        using (StepMemory.Kept())
            projected = QueryKeyValue.Forward(normed, state?.QueryKeyValue);
        normed.Dispose();
        var (q, k, v) = (projected[0], projected[1], projected[2]);
        Rotation.Apply(q, _config.Heads, batch.Rotary.Cos, batch.Rotary.Sin, inverse: false);
        Rotation.Apply(k, _config.KeyValueHeads, batch.Rotary.Cos, batch.Rotary.Sin, inverse: false);
        Tensor attended;
        using (StepMemory.Kept())
        {
            if (state is not null)
            {
                (attended, var logSum) = CausalAttention.Forward(q, k, v, batch.Layout, _config.HeadSize, _scale);
                state.KeepAttention(new(q, k, v, logSum));
            }
            else if (batch.Cache is { } cache)
                attended = cache.Attend(_index, q, k, v, batch.Layout, _scale);
            else
                attended = CausalAttention.Evaluate(q, k, v, batch.Layout, _config.HeadSize, _scale);
        }

        Tensor middle, result;
        var (attendedRead, hiddenRead) = read is null ? (attended, hidden) : (read.Of(attended), read.Of(hidden));
        using (StepMemory.Kept())
            middle = Output.Forward(attendedRead, hiddenRead, state?.Output);
        var (normedMiddle, middleScale) = RmsNorm.Forward(middle, AttentionNorm.Value, _config.RmsNormEpsilon);
        using (StepMemory.Kept())
            projected = GateUp.Forward(normedMiddle, state?.GateUp);
        normedMiddle.Dispose();
        var (gate, up) = (projected[0], projected[1]);
        using var activated = SwiGlu.Forward(gate, up);
        using (StepMemory.Kept())
            result = Down.Forward(activated, middle, state?.Down);
        state?.Keep(hidden.alias(), inputScale, attended, middle, middleScale, gate, up);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>The backward pass: adds to the gradients of what is trained in the block.</summary>
    /// <param name="gradient">The gradient of the result; overwritten.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="state">What the forward pass kept; its tensors are consumed.</param>
    /// <param name="inputGradient">Whether the gradient of the block's input is wanted; without it what is returned has no meaning.</param>
    /// <param name="read">The forward pass's.</param>
    /// <returns>The gradient of <c>hidden</c> [T, hidden]; where all tokens are read it is <paramref name="gradient"/>.</returns>
    public Tensor Backward(Tensor gradient, BatchContext batch, LlamaBlockState state, bool inputGradient, SelectedRows? read = null)
    {
        FeedForwardBackward(gradient, state);
        // The residual connection takes the gradient past the attention.
        var whole = read is null ? gradient : read.Among(gradient, state.Hidden.shape[0]);
        AttentionBackward(gradient, whole, batch, state, inputGradient, read);
        return whole;
    }

    private void FeedForwardBackward(Tensor gradient, LlamaBlockState state)
    {
        using var scope = NewDisposeScope();
        using var temporaries = StepMemory.Temporaries();
        var activated = Down.InputGradient(gradient, state.Down);
        SwiGlu.BackwardInPlace(activated, state.GateOutput, state.UpOutput);
        Down.AddGradients(gradient, activated, state.Down);
        activated.Dispose();

        var normed = RmsNorm.Recompute(state.Middle, AttentionNorm.Value, state.MiddleScale);
        Tensor[] gradients = [state.GateOutput, state.UpOutput];
        GateUp.AddGradients(gradients, normed, state.GateUp);
        normed.Dispose();
        var gradNormed = GateUp.InputGradient(gradients, state.GateUp);
        RmsNorm.Backward(gradNormed, state.Middle, AttentionNorm.Value, state.MiddleScale, gradient, AttentionNorm.Gradient);
    }

    private void AttentionBackward(Tensor gradient, Tensor whole, BatchContext batch, LlamaBlockState state, bool inputGradient, SelectedRows? read)
    {
        using var scope = NewDisposeScope();
        using var temporaries = StepMemory.Temporaries();
        Output.AddGradients(gradient, read is null ? state.Attended : read.Of(state.Attended), state.Output);
        var gradAttended = Output.InputGradient(gradient, state.Output);
        if (read is not null)
            gradAttended = read.Among(gradAttended, whole.shape[0]);
        var (q, k, v) = CausalAttention.Backward(gradAttended, state.Attended, state.Attention, batch.Layout, _config.HeadSize, _scale);
        Rotation.Apply(q, _config.Heads, batch.Rotary.Cos, batch.Rotary.Sin, inverse: true);
        Rotation.Apply(k, _config.KeyValueHeads, batch.Rotary.Cos, batch.Rotary.Sin, inverse: true);

        var normed = RmsNorm.Recompute(state.Hidden, InputNorm.Value, state.InputScale);
        QueryKeyValue.AddGradients([q, k, v], normed, state.QueryKeyValue);
        normed.Dispose();
        if (!inputGradient && !InputNorm.IsTrained)
            return;
        var gradNormed = QueryKeyValue.InputGradient([q, k, v], state.QueryKeyValue);
        RmsNorm.Backward(gradNormed, state.Hidden, InputNorm.Value, state.InputScale, whole, InputNorm.Gradient);
    }
}
