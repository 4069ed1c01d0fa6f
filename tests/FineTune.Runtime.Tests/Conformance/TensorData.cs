using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>Tensors as arrays, for comparisons.</summary>
internal static class TensorData
{
    public static double[] Doubles(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    public static int[] Integers(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return [.. tensor.to(ScalarType.Int64).contiguous().data<long>().Select(value => checked((int)value))];
    }

    /// <summary>The rows of a matrix.</summary>
    public static int[][] Rows(this Tensor tensor) => [.. tensor.Integers().Chunk((int)tensor.shape[^1])];
}
