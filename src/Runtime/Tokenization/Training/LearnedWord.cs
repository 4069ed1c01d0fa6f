namespace FineTune.Tokenization.Training;

/// <summary>A word while merges are learned.</summary>
internal sealed class LearnedWord(int[] symbols, long count)
{
    private readonly int[] _lengths = [.. Enumerable.Repeat(1, symbols.Length)];
    private int _count = symbols.Length;

    /// <summary>How often the word occurs.</summary>
    public long Count { get; } = count;

    public ArraySegment<int> Symbols => new(symbols, 0, _count);

    /// <summary>Merges every occurrence of a pair, and reports how the counts of pairs change.</summary>
    /// <param name="left">The left symbol.</param>
    /// <param name="right">The right symbol.</param>
    /// <param name="merged">What becomes of them.</param>
    /// <param name="limit">New pairs whose characters reach this number are not counted, so that they are never merged.</param>
    /// <param name="change">Gets a pair and +1 or −1.</param>
    public void Merge(int left, int right, int merged, int limit, Action<int, int, int> change)
    {
        for (var i = 0; i + 1 < _count; i++)
        {
            if (symbols[i] != left || symbols[i + 1] != right)
                continue;
            var length = _lengths[i] + _lengths[i + 1];
            if (i > 0)
            {
                change(symbols[i - 1], left, -1);
                if (_lengths[i - 1] + length < limit)
                    change(symbols[i - 1], merged, 1);
            }

            change(left, right, -1);
            symbols[i] = merged;
            _lengths[i] = length;
            Array.Copy(symbols, i + 2, symbols, i + 1, _count - i - 2);
            Array.Copy(_lengths, i + 2, _lengths, i + 1, _count - i - 2);
            _count--;
            if (i + 1 < _count)
            {
                change(right, symbols[i + 1], -1);
                if (_lengths[i + 1] + length < limit)
                    change(merged, symbols[i + 1], 1);
            }
        }
    }
}
