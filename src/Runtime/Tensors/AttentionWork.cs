using FineTune.Data;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// One key head of one sequence, with the query heads that it serves: the unit in which attention is computed. Units touch
/// different rows and columns of the results, so that these do not depend on which thread computes what.
/// </summary>
/// <param name="Start">The sequence's first token.</param>
/// <param name="Length">Its tokens.</param>
/// <param name="KeyHead">The key head.</param>
internal readonly record struct AttentionWork(int Start, int Length, int KeyHead)
{
    // Below this many scores a second thread costs more than it brings.
    private const long WorthSplitting = 1 << 14;

    /// <summary>The body of <see cref="For"/>.</summary>
    /// <param name="work">What to compute.</param>
    /// <param name="scratch">The address of this thread's working memory.</param>
    public delegate void Body(AttentionWork work, nint scratch);

    /// <summary>Computes all of a batch on as many threads as libtorch uses, the longest sequences first.</summary>
    /// <param name="layout">The sequences.</param>
    /// <param name="heads">The heads.</param>
    /// <param name="scratch">The fp32 elements of working memory that a sequence of some length needs.</param>
    /// <param name="body">Computes one unit.</param>
    public static unsafe void For(SequenceLayout layout, AttentionHeads heads, Func<int, long> scratch, Body body)
    {
        var work = Enumerable.Range(0, layout.Lengths.Count)
            .Where(sequence => layout.Lengths[sequence] > 0)
            .OrderByDescending(sequence => layout.Lengths[sequence])
            .SelectMany(sequence => Enumerable.Range(0, heads.KeyHeads), (sequence, head) => new AttentionWork(layout.Starts[sequence], layout.Lengths[sequence], head))
            .ToArray();
        var scores = work.Sum(unit => (long)unit.Length * unit.Length * heads.Group);
        var threads = scores < WorthSplitting ? 1 : Math.Clamp(get_num_threads(), 1, work.Length);
        using var temporaries = StepMemory.Temporaries();
        using var memory = StepMemory.Empty(ScalarType.Float32, threads, scratch(layout.Longest));
        var (address, bytes) = ((nint)TensorMemory.Address(memory), (nint)(memory.shape[1] * sizeof(float)));
        var next = -1;
        void Run(int thread)
        {
            for (var unit = Interlocked.Increment(ref next); unit < work.Length; unit = Interlocked.Increment(ref next))
                body(work[unit], address + thread * bytes);
        }

        if (threads == 1)
            Run(0);
        else
            ThreadTeam.Run(threads, Run);
    }
}
