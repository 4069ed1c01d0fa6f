namespace FineTune.Tokenization.Models;

/// <summary>
/// The merges of a byte-pair vocabulary: pair of ids to rank and merged id. An open-addressing table without deletion,
/// because one look-up per pair of neighbours is the inner loop of tokenization.
/// </summary>
internal sealed class MergeTable
{
    private readonly ulong[] _keys;
    private readonly Merge[] _values;
    private readonly int _shift;

    public MergeTable(int capacity)
    {
        var bits = Math.Max(4, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)capacity * 2));
        _shift = 64 - bits;
        _keys = new ulong[1 << bits];
        _values = new Merge[1 << bits];
        Array.Fill(_keys, ulong.MaxValue);
    }

    public int Count { get; private set; }

    /// <summary>Adds a merge; a repeated pair takes the later rank, as in the reference.</summary>
    public void Set(int left, int right, int rank, int id)
    {
        if ((Count + 1) * 4L > _keys.Length * 3L)
            throw new InvalidOperationException("The table was made for fewer merges.");
        var key = Key(left, right);
        var slot = Slot(key);
        if (_keys[slot] != key)
            Count++;
        _keys[slot] = key;
        _values[slot] = new Merge(rank, id);
    }

    /// <summary>The merge of two neighbours; its rank is <see cref="int.MaxValue"/> if there is none.</summary>
    public Merge Find(int left, int right)
    {
        var key = Key(left, right);
        var slot = Slot(key);
        return _keys[slot] == key ? _values[slot] : Merge.None;
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Slot(ulong key)
    {
        var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
        var mask = _keys.Length - 1;
        while (_keys[slot] != key && _keys[slot] != ulong.MaxValue)
            slot = (slot + 1) & mask;
        return slot;
    }
}
