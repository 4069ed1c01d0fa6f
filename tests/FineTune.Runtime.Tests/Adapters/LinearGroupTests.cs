using FineTune.Adapters;
using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Tests.Adapters;

/// <summary>Layers that share products with A against the same layers by themselves, and against automatic gradients.</summary>
[Collection(nameof(RandomState))]
public sealed class LinearGroupTests
{
    private const int Rows = 6;
    private const int In = 5;

    private static readonly int[] Outs = [7, 4, 9];

    /// <summary>The adapters of three layers, and how many of them share their products.</summary>
    public static TheoryData<string, int> Kinds => new()
    {
        { "r3 r3 r3", 3 },
        { "r2 r4 r1", 3 },
        { "r3 none r2", 2 },
        { "none r3 none", 0 },
        { "none none none", 0 },
        { "off r3 r2", 2 },
        { "r3 bias:r2 r3", 3 },
        { "r3 dora:r3 r2", 2 },
        { "dora:r3 dora:r2 r2", 0 },
        { "r3 dropout:r3 r2", 2 },
        { "dropout:r3 dropout:r3 dropout:r3", 0 },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void A_group_gives_what_its_layers_give_by_themselves(string kinds, int shared)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float32, 1e-5), (ScalarType.BFloat16, 3e-2) })
        {
            using var scope = NewDisposeScope();
            using var none = no_grad();
            var (x, gradYs) = (Random(1, Rows, In).to(type), Outs.Select((size, i) => Random(10 + i, Rows, size).to(type)).ToArray());
            var (group, alone) = (Layers(kinds), Layers(kinds));

            manual_seed(3);
            using var state = new LinearGroupState(Outs.Length);
            var linears = new LinearGroup(group);
            var ys = linears.Forward(x, state);
            linears.AddGradients(gradYs, x, state);
            var gradX = linears.InputGradient(gradYs, state);
            Assert.Equal(shared, state.Shared.Count);

            manual_seed(3);
            var states = Outs.Select(_ => new LinearState()).ToArray();
            var expected = alone.Select((layer, i) => layer.Forward(x, state: states[i])).ToArray();
            foreach (var i in Enumerable.Range(0, Outs.Length))
                alone[i].AddGradients(gradYs[i], x, states[i]);
            var expectedGradX = alone.Select((layer, i) => layer.InputGradient(gradYs[i], states[i]).to(ScalarType.Float32)).Aggregate((sum, next) => sum + next);

            AssertClose(expectedGradX, gradX, tolerance);
            foreach (var i in Enumerable.Range(0, Outs.Length))
            {
                AssertClose(expected[i], ys[i], tolerance);
                AssertClose(alone[i].Forward(x), new LinearGroup(group).Forward(x)[i], tolerance);
                foreach (var (mine, theirs) in Trained(group[i]).Zip(Trained(alone[i])))
                    AssertClose(theirs.Gradient!, mine.Gradient!, tolerance);
                states[i].Dispose();
            }

            Dispose(group);
            Dispose(alone);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_gradients_of_a_group_are_those_of_its_formula(string kinds, int shared)
    {
        using var scope = NewDisposeScope();
        var (x, gradYs) = (Random(1, Rows, In), Outs.Select((size, i) => Random(10 + i, Rows, size)).ToArray());
        var layers = Layers(kinds);
        using var state = new LinearGroupState(Outs.Length);
        Tensor[] ys;
        Tensor gradX;
        using (no_grad())
        {
            var group = new LinearGroup(layers);
            ys = group.Forward(x, state);
            // Twice, as two micro-batches add up.
            group.AddGradients(gradYs, x, state);
            group.AddGradients(gradYs, x, state);
            gradX = group.InputGradient(gradYs, state);
        }

        Assert.Equal(shared, state.Shared.Count);
        var leaf = Wide(x);
        var leaves = new List<(Tensor Leaf, Parameter Parameter)>();
        var sum = zeros(1, dtype: ScalarType.Float64);
        foreach (var i in Enumerable.Range(0, Outs.Length))
        {
            var y = Formula(layers[i], leaf, state.Layers[i].Mask, leaves);
            AssertClose(y, ys[i], 1e-5);
            sum = sum + (y * gradYs[i].to(ScalarType.Float64)).sum();
        }

        sum.backward();
        AssertClose(leaf.grad!, gradX, 2e-5);
        Assert.All(leaves, pair => AssertClose(pair.Leaf.grad! * 2, pair.Parameter.Gradient!, 2e-5));
        Dispose(layers);
    }

    // y of a layer in double precision; adds what it is computed from and trained.
    private static Tensor Formula(LinearLayer layer, Tensor x, Tensor? mask, List<(Tensor, Parameter)> leaves)
    {
        Tensor Leaf(Parameter parameter)
        {
            var leaf = Wide(parameter.Value);
            leaves.Add((leaf, parameter));
            return leaf;
        }

        var w = Wide(layer.Weight.Value, leaf: false);
        var y = mm(x, w.t());
        if (layer.Adapter is not { Enabled: true } adapter)
            return y;
        var (a, b) = (Leaf(adapter.A), Leaf(adapter.B));
        var update = adapter.Scale * mm(mm(mask is null ? x : x * Wide(mask, leaf: false), a.t()), b.t());
        if (adapter.Magnitude is not null)
            return (y + update) * (Leaf(adapter.Magnitude) / (w + adapter.Scale * mm(b, a)).norm(1).detach());
        return y + update + (adapter.Bias is null ? 0 : adapter.Scale * Leaf(adapter.Bias));
    }

    private static LinearLayer[] Layers(string kinds) => [.. kinds.Split(' ').Select((kind, i) =>
    {
        var layer = new LinearLayer($"layer{i}", new Parameter("w", Random(20 + i, Outs[i], In)), null);
        if (kind == "none")
            return layer;
        var rank = kind == "off" ? 2 : kind[^1] - '0';
        layer.Adapter = new LoraAdapter(new("a", Random(30 + i, rank, In)), new("b", Random(40 + i, Outs[i], rank)), 0.5 + i, kind.StartsWith("dropout", StringComparison.Ordinal) ? 0.3 : 0)
        {
            Enabled = kind != "off",
            Magnitude = kind.StartsWith("dora", StringComparison.Ordinal) ? new("m", Random(50 + i, Outs[i]).abs() + 1) : null,
            Bias = kind.StartsWith("bias", StringComparison.Ordinal) ? new("lb", Random(60 + i, Outs[i])) : null,
        };
        foreach (var parameter in layer.Adapter.Parameters)
            parameter.Train();
        return layer;
    })];

    private static IEnumerable<Parameter> Trained(LinearLayer layer) => layer.Adapter?.Parameters ?? [];

    private static void Dispose(LinearLayer[] layers)
    {
        foreach (var layer in layers)
        {
            layer.Weight.Dispose();
            layer.Adapter?.Dispose();
        }
    }

    private static Tensor Random(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, generator: generator);
    }

    private static Tensor Wide(Tensor value, bool leaf = true) => value.to(ScalarType.Float64).detach().clone().requires_grad_(leaf);

    private static void AssertClose(Tensor expected, Tensor got, double tolerance)
    {
        Assert.Equal(expected.shape, got.shape);
        var difference = (expected.detach().to(ScalarType.Float64) - got.to(ScalarType.Float64)).abs().max().item<double>();
        var scale = Math.Max(1, expected.detach().abs().max().to(ScalarType.Float64).item<double>());
        Assert.True(difference <= tolerance * scale, $"{difference} apart, {tolerance * scale} allowed.");
    }
}
