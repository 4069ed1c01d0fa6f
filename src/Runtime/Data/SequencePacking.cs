namespace FineTune.Data;

/// <summary>Distributes sequences over packs of limited length.</summary>
internal static class SequencePacking
{
    /// <summary>
    /// Best fit decreasing: the longest first, equal lengths in their order, each into the pack with the least space that
    /// suffices; of several with equal space the one that came to it first.
    /// </summary>
    /// <param name="lengths">The sequences' lengths; those longer than <paramref name="capacity"/> get a pack of their own.</param>
    /// <param name="capacity">The tokens of a pack.</param>
    /// <returns>The packs as indices of sequences, in the order of their creation; empty sequences are left out.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> BestFitDecreasing(IReadOnlyList<int> lengths, int capacity)
    {
        var packs = new List<List<int>>();
        // By remaining space; the packs of one space wait in the order in which they came to it.
        var bySpace = new SortedDictionary<int, Queue<int>>();
        var spaces = new SortedSet<int>();
        foreach (var sequence in Enumerable.Range(0, lengths.Count).Where(i => lengths[i] > 0).OrderByDescending(i => lengths[i]))
        {
            var length = lengths[sequence];
            int pack, space;
            if (spaces.Count > 0 && spaces.Max >= length)
            {
                space = spaces.GetViewBetween(length, spaces.Max).Min;
                pack = bySpace[space].Dequeue();
                if (bySpace[space].Count == 0)
                {
                    bySpace.Remove(space);
                    spaces.Remove(space);
                }
            }
            else
            {
                (pack, space) = (packs.Count, Math.Max(capacity, length));
                packs.Add([]);
            }

            packs[pack].Add(sequence);
            if (space == length)
                continue;
            if (!bySpace.TryGetValue(space - length, out var queue))
            {
                bySpace[space - length] = queue = new Queue<int>();
                spaces.Add(space - length);
            }

            queue.Enqueue(pack);
        }

        return packs;
    }

    /// <summary>Joins all sequences and cuts every <paramref name="capacity"/> tokens; pieces know no boundary.</summary>
    /// <returns>Packs of pieces: sequence, first token, tokens.</returns>
    public static IReadOnlyList<IReadOnlyList<(int Sequence, int First, int Count)>> Wrapped(IReadOnlyList<int> lengths, int capacity)
    {
        var packs = new List<List<(int, int, int)>>();
        var space = 0;
        for (var sequence = 0; sequence < lengths.Count; sequence++)
        {
            for (var first = 0; first < lengths[sequence];)
            {
                if (space == 0)
                {
                    packs.Add([]);
                    space = capacity;
                }

                var count = Math.Min(space, lengths[sequence] - first);
                packs[^1].Add((sequence, first, count));
                first += count;
                space -= count;
            }
        }

        return packs;
    }
}
