using FineTune.Data;
using FineTune.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace FineTune.Tests.Tensors;

/// <summary>Each fused operation against its plain reference, values and gradients, at sizes with and without a vector tail.</summary>
public sealed class FusedOperationTests
{
    public static TheoryData<long, long> Shapes => new() { { 1, 1 }, { 3, 16 }, { 5, 37 }, { 300, 256 } };

    [Theory, MemberData(nameof(Shapes))]
    public void RmsNorm_equals_its_reference(long rows, long features)
    {
        using var scope = NewDisposeScope();
        var (x, weight, gradY) = (Random(1, rows, features), Random(2, features), Random(3, rows, features));
        var (leafX, leafWeight) = (x.clone().requires_grad_(), weight.clone().requires_grad_());
        RmsNorm.Reference(leafX, leafWeight, 1e-5).backward([gradY]);

        var (y, scale) = RmsNorm.Forward(x, weight, 1e-5);
        var (gradX, gradWeight) = (ones_like(x), zeros_like(weight));
        RmsNorm.Backward(gradY, x, weight, scale, gradX, gradWeight);

        AssertClose(RmsNorm.Reference(x, weight, 1e-5), y, 1e-6);
        AssertClose(y, RmsNorm.Recompute(x, weight, scale), 0);
        AssertClose(leafX.grad! + 1, gradX, 1e-5);
        AssertClose(leafWeight.grad!, gradWeight, 1e-5);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void SwiGlu_equals_its_reference(long rows, long features)
    {
        using var scope = NewDisposeScope();
        var (gate, up, grad) = (Random(1, rows, features) * 3, Random(2, rows, features), Random(3, rows, features));
        var (leafGate, leafUp) = (gate.clone().requires_grad_(), up.clone().requires_grad_());
        var expected = SwiGlu.Reference(leafGate, leafUp);
        expected.backward([grad]);

        AssertClose(expected.detach(), SwiGlu.Forward(gate, up), 1e-6);
        SwiGlu.BackwardInPlace(grad, gate, up);
        AssertClose(expected.detach(), grad, 1e-6);
        AssertClose(leafGate.grad!, gate, 1e-5);
        AssertClose(leafUp.grad!, up, 1e-5);
    }

    [Theory]
    [InlineData(8, 8, 6)]
    [InlineData(4, 2, 12)]
    [InlineData(6, 1, 32)]
    [InlineData(2, 1, 80)]
    [InlineData(2, 2, 128)]
    public void Attention_equals_its_reference(int heads, int keyHeads, int headSize)
    {
        using var scope = NewDisposeScope();
        // Sequences longer than a tile, of its length, of one token, and of none.
        var layout = new SequenceLayout([7, 150, 1, 64, 0, 65, 40]);
        var (q, k, v) = (Random(1, layout.Tokens, heads * headSize), Random(2, layout.Tokens, keyHeads * headSize), Random(3, layout.Tokens, keyHeads * headSize));
        var grad = Random(4, layout.Tokens, heads * headSize);
        var (leafQ, leafK, leafV) = (q.clone().requires_grad_(), k.clone().requires_grad_(), v.clone().requires_grad_());
        var expected = CausalAttention.Reference(leafQ, leafK, leafV, layout, headSize, 0.4);
        expected.backward([grad]);

        var (output, logSum) = CausalAttention.Forward(q, k, v, layout, headSize, 0.4);
        AssertClose(expected.detach(), output, 1e-5);
        var (gradQ, gradK, gradV) = CausalAttention.Backward(grad, output, new(q, k, v, logSum), layout, headSize, 0.4);
        AssertClose(leafQ.grad!, gradQ, 2e-5);
        AssertClose(leafK.grad!, gradK, 2e-5);
        AssertClose(leafV.grad!, gradV, 2e-5);
    }

    [Fact]
    public void Attention_in_bf16_is_near_fp32()
    {
        using var scope = NewDisposeScope();
        var layout = new SequenceLayout([140, 30]);
        var (q, k, v) = (Random(1, layout.Tokens, 64).bfloat16(), Random(2, layout.Tokens, 32).bfloat16(), Random(3, layout.Tokens, 32).bfloat16());
        var (output, _) = CausalAttention.Forward(q, k, v, layout, 16, 0.25);
        var (exact, _) = CausalAttention.Forward(q.@float(), k.@float(), v.@float(), layout, 16, 0.25);
        AssertClose(exact, output.@float(), 0.02);
    }

    [Fact]
    public void Rotation_turns_and_turns_back()
    {
        using var scope = NewDisposeScope();
        var x = Random(1, 9, 3 * 40);
        var angles = Random(2, 9, 20);
        var (cos, sin) = (angles.cos(), angles.sin());
        var turned = x.clone();
        Rotation.Apply(turned, 3, cos, sin, inverse: false);

        var halves = x.view(9, 3, 2, 20);
        var (a, b) = (halves.select(2, 0), halves.select(2, 1));
        var (c, s) = (cos.unsqueeze(1), sin.unsqueeze(1));
        AssertClose(stack([a * c - b * s, b * c + a * s], 2).reshape(9, -1), turned, 1e-6);
        Rotation.Apply(turned, 3, cos, sin, inverse: true);
        AssertClose(x, turned, 1e-6);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Cross_entropy_and_its_gradient_equal_the_reference(int vocabulary)
    {
        using var scope = NewDisposeScope();
        var logits = Random(1, 5, vocabulary) * 4;
        var targets = new[] { 0, vocabulary - 1, 3, 3, vocabulary / 2 };
        var leaf = logits.clone().requires_grad_();
        var expected = nn.functional.cross_entropy(leaf, tensor(targets).to(ScalarType.Int64), reduction: nn.Reduction.None);
        expected.sum().mul(0.25).backward();

        AssertClose(expected.detach(), tensor(CrossEntropy.Losses(logits, targets)), 1e-5);
        AssertClose(expected.detach(), tensor(CrossEntropy.GradientInPlace(logits, targets, 0.25f)), 1e-5);
        AssertClose(leaf.grad!, logits, 1e-6);
    }

    [Fact]
    public void Bf16_is_rounded_to_nearest_even_and_keeps_what_is_not_a_number()
    {
        using var scope = NewDisposeScope();
        var values = Enumerable.Range(0, 64).Select(i => BitConverter.UInt32BitsToSingle(0x3F800000u + (uint)i * 0x2731u)).ToList();
        values.AddRange([float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.MaxValue, float.Epsilon, 1e-40f, BitConverter.UInt32BitsToSingle(0x7F800001)]);
        var source = tensor(values.ToArray()).view(1, -1);
        // y = x · r · w with r of (nearly) 1 is no identity; storing a product with ones is what rounds here.
        var rounded = source.bfloat16();
        var through = empty_like(rounded);
        unsafe
        {
            for (var i = 0; i < values.Count; i += 16)
            {
                if (i + 16 <= values.Count)
                    BFloat16Element.Store(TensorMemory.Address(through), i, Float32Element.Load(TensorMemory.Address(source), i));
            }

            for (var i = values.Count / 16 * 16; i < values.Count; i++)
                BFloat16Element.Set(TensorMemory.Address(through), i, values[i]);
        }

        var (expected, got) = (rounded.@float().data<float>().ToArray(), through.@float().data<float>().ToArray());
        Assert.Equal(expected, got);
    }

    private static Tensor Random(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, generator: generator);
    }

    private static void AssertClose(Tensor expected, Tensor got, double tolerance)
    {
        Assert.Equal(expected.shape, got.shape);
        var error = (expected - got).abs().max().ToDouble();
        var size = Math.Max(1, expected.abs().max().ToDouble());
        Assert.True(error <= tolerance * size, $"off by {error} (tolerance {tolerance} of {size})");
    }
}
