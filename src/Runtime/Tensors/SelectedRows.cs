using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>Some rows of a matrix. Filler may follow them, so that their number is one of few.</summary>
/// <param name="Indices">Where the rows are, each once, and behind them any row for each of the filler.</param>
/// <param name="Count">The rows without the filler.</param>
internal sealed record SelectedRows(int[] Indices, int Count)
{
    /// <summary>The rows, and the filler: [indices, features].</summary>
    public Tensor Of(Tensor whole) => RowGather.Take(whole, Indices, whole.dtype);

    /// <summary>A matrix of zeros with the rows in their places; the filler is left out.</summary>
    /// <param name="selected">[indices, features].</param>
    /// <param name="rows">The rows of the whole matrix.</param>
    public Tensor Among(Tensor selected, long rows)
    {
        var whole = StepMemory.Zeros(selected.dtype, rows, selected.shape[1]);
        using var scope = NewDisposeScope();
        whole.index_copy_(0, tensor(Indices[..Count], dtype: ScalarType.Int64), selected.narrow(0, 0, Count));
        return whole;
    }
}
