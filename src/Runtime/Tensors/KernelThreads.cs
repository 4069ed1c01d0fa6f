using TorchSharp;

namespace FineTune.Tensors;

/// <summary>
/// Splits the rows of a kernel over as many threads as libtorch uses. The split depends only on the numbers of rows and
/// threads, so that sums over rows are the same in every run.
/// </summary>
internal static class KernelThreads
{
    // Below this many elements a second thread costs more than it brings.
    private const long WorthSplitting = 1 << 15;

    /// <summary>The parts that <see cref="For"/> will make.</summary>
    public static int Parts(long rows, long elementsPerRow) =>
        rows * elementsPerRow < WorthSplitting ? 1 : (int)Math.Clamp(torch.get_num_threads(), 1, Math.Max(1, rows));

    /// <summary>Calls <paramref name="body"/>(part, first row, end row) for each part, in parallel.</summary>
    public static void For(long rows, long elementsPerRow, Action<int, long, long> body)
    {
        var parts = Parts(rows, elementsPerRow);
        if (parts == 1)
            body(0, 0, rows);
        else
            ThreadTeam.Run(parts, part => body(part, rows * part / parts, rows * (part + 1) / parts));
    }
}
