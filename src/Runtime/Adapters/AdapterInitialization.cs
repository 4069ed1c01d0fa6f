using FineTune.Models;
using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>The first values of a fresh adapter, by the rules of PEFT.</summary>
internal sealed class AdapterInitialization(LoraInitialization kind, Generator generator)
{
    private readonly Dictionary<string, Tensor> _second = [];

    /// <summary>Whether A and B are a part of the base weight, which loses it.</summary>
    public static bool TakesFromBase(LoraInitialization kind) => kind is LoraInitialization.Pissa or LoraInitialization.Olora;

    /// <summary>The value of a part.</summary>
    public Tensor Value(AdapterPart part)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var onEmbedding = part.Module.Kind == ModuleKind.Embedding;
        var value = part.Kind switch
        {
            AdapterPartKind.Copy => part.Base.to(ScalarType.Float32, copy: true),
            // B A is 0 at first, or taken from the base: the magnitudes are the base's.
            AdapterPartKind.Magnitude => part.Base.to(ScalarType.Float32).norm(onEmbedding ? 0 : 1),
            AdapterPartKind.LoraBias => zeros(part.Shape),
            _ when onEmbedding => part.Kind == AdapterPartKind.A ? zeros(part.Shape) : randn(part.Shape, generator: generator),
            _ => Factor(part),
        };
        return value.MoveToOuterDisposeScope();
    }

    /// <summary>The factors that PiSSA or OLoRA take from a weight.</summary>
    /// <param name="kind">Which of them.</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="rank">The rank, at most the smaller side.</param>
    /// <param name="scale">What the product is scaled by.</param>
    public static (Tensor A, Tensor B) Take(LoraInitialization kind, Tensor weight, int rank, double scale)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var wide = weight.to(ScalarType.Float32);
        if (kind == LoraInitialization.Olora)
        {
            var (q, r) = linalg.qr(wide);
            return Both(r.narrow(0, 0, rank), q.narrow(1, 0, rank));
        }

        var (u, s, vh) = linalg.svd(wide, fullMatrices: false);
        var root = s.narrow(0, 0, rank).div(scale).sqrt_();
        return Both(root.view(-1, 1) * vh.narrow(0, 0, rank), u.narrow(1, 0, rank) * root);
    }

    // LAPACK's results lie column by column.
    private static (Tensor A, Tensor B) Both(Tensor a, Tensor b) =>
        (empty(a.shape).copy_(a).MoveToOuterDisposeScope(), empty(b.shape).copy_(b).MoveToOuterDisposeScope());

    private Tensor Factor(AdapterPart part)
    {
        if (kind == LoraInitialization.Orthogonal)
            return part.Kind == AdapterPartKind.A ? Pair(part) : _second[part.Module.Path];
        if (part.Kind == AdapterPartKind.B)
            return zeros(part.Shape);
        var (rank, width) = (part.Shape[0], part.Shape[1]);
        if (kind == LoraInitialization.Gaussian)
            return randn(part.Shape, generator: generator).div_(rank);
        var bound = 1 / Math.Sqrt(width);
        return rand(part.Shape, generator: generator).mul_(2 * bound).sub_(bound);
    }

    // A's rows lie in the odd half of an orthogonal basis of the rank's space, B's columns in the even half: B A = 0. Both come
    // from one basis: A is asked for first, and B is kept until then.
    private Tensor Pair(AdapterPart part)
    {
        var (rank, height, width) = (part.Shape[0], part.Module.Rows, part.Module.Columns);
        if (rank % 2 != 0)
            throw new FineTuneException("FT5214", $"The orthogonal initialization needs an even rank, but that of '{part.Module.Path}' is {rank}.", "adapter.rank");
        var (q, _) = linalg.qr(randn(rank, rank, generator: generator));
        var odd = q.index_select(0, arange(0, rank, 2, dtype: ScalarType.Int64));
        var even = q.index_select(0, arange(1, rank, 2, dtype: ScalarType.Int64));
        var a = mm(randn(width, rank / 2, generator: generator), odd).t().div(10).contiguous();
        _second[part.Module.Path] = mm(randn(height, rank / 2, generator: generator), even).div(10).DetachFromDisposeScope();
        return a;
    }
}
