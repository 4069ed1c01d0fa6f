namespace FineTune.Tokenization.Models;

/// <summary>Applies merges to the symbols of one word: always the lowest rank, the leftmost of equal ranks.</summary>
internal static class SymbolMerger
{
    /// <summary>Above this length a queue beats scanning all pairs for every merge.</summary>
    private const int LongestScanned = 48;

    /// <summary>Merges in place; returns how many symbols are left.</summary>
    /// <param name="merges">The vocabulary's merges.</param>
    /// <param name="ids">The symbols' ids.</param>
    /// <param name="lengths">The symbols' lengths, added up as they merge.</param>
    /// <param name="count">The number of symbols.</param>
    public static int Apply(MergeTable merges, Span<int> ids, Span<int> lengths, int count) =>
        count <= LongestScanned ? Scan(merges, ids, lengths, count) : Queue(merges, ids, lengths, count);

    private static int Scan(MergeTable merges, Span<int> ids, Span<int> lengths, int count)
    {
        Span<Merge> pairs = stackalloc Merge[LongestScanned];
        for (var i = 0; i + 1 < count; i++)
            pairs[i] = merges.Find(ids[i], ids[i + 1]);

        while (count > 1)
        {
            var best = 0;
            var rank = pairs[0].Rank;
            for (var i = 1; i < count - 1; i++)
            {
                if (pairs[i].Rank < rank)
                    (best, rank) = (i, pairs[i].Rank);
            }

            if (rank == int.MaxValue)
                break;

            ids[best] = pairs[best].Id;
            lengths[best] += lengths[best + 1];
            ids[(best + 2)..count].CopyTo(ids[(best + 1)..]);
            lengths[(best + 2)..count].CopyTo(lengths[(best + 1)..]);
            pairs[(best + 2)..count].CopyTo(pairs[(best + 1)..]);
            count--;
            if (best > 0)
                pairs[best - 1] = merges.Find(ids[best - 1], ids[best]);
            if (best < count - 1)
                pairs[best] = merges.Find(ids[best], ids[best + 1]);
        }

        return count;
    }

    /// <summary>Linked symbols and a queue of pairs, stale entries skipped: n log n for texts without words.</summary>
    private static int Queue(MergeTable merges, Span<int> ids, Span<int> lengths, int count)
    {
        var next = new int[count];
        var previous = new int[count];
        var queue = new PriorityQueue<int, (int Rank, int Position)>(count);
        for (var i = 0; i < count; i++)
        {
            next[i] = i + 1 < count ? i + 1 : -1;
            previous[i] = i - 1;
        }

        for (var i = 0; i + 1 < count; i++)
            Enqueue(queue, merges, ids, i, i + 1);

        while (queue.TryDequeue(out var left, out var priority))
        {
            // Dead symbols have length 0; a pair whose sides have changed since has another rank now.
            if (lengths[left] == 0 || next[left] < 0)
                continue;
            var right = next[left];
            var merge = merges.Find(ids[left], ids[right]);
            if (merge.Rank != priority.Rank)
                continue;

            ids[left] = merge.Id;
            lengths[left] += lengths[right];
            lengths[right] = 0;
            next[left] = next[right];
            if (next[left] >= 0)
            {
                previous[next[left]] = left;
                Enqueue(queue, merges, ids, left, next[left]);
            }

            if (previous[left] >= 0)
                Enqueue(queue, merges, ids, previous[left], left);
        }

        var kept = 0;
        for (var i = 0; i >= 0; i = next[i])
            (ids[kept], lengths[kept++]) = (ids[i], lengths[i]);
        return kept;
    }

    private static void Enqueue(PriorityQueue<int, (int Rank, int Position)> queue, MergeTable merges, ReadOnlySpan<int> ids, int left, int right)
    {
        var merge = merges.Find(ids[left], ids[right]);
        if (merge.Rank != int.MaxValue)
            queue.Enqueue(left, (merge.Rank, left));
    }
}
