namespace FineTune.Data.Parquet;

/// <summary>Differences, packed in blocks (Encodings.md, DELTA_BINARY_PACKED = 5).</summary>
internal sealed class DeltaDecoder : IValueDecoder
{
    private readonly PageBytes _bytes;
    private readonly int _perMiniblock;
    private readonly byte[] _widths;
    private long _left;
    private long _last;
    private long _least;
    private int _miniblock;
    private int _inMiniblock;
    private bool _isFirst = true;
    private ReadOnlyMemory<byte> _packed;

    public DeltaDecoder(PageBytes bytes)
    {
        _bytes = bytes;
        var (block, miniblocks, total) = (bytes.Varint(), bytes.Varint(), bytes.Varint());
        if (block is 0 or > 1 << 20 || miniblocks is 0 || miniblocks > block || block % miniblocks != 0 || block / miniblocks % 8 != 0 || total > int.MaxValue)
            throw new ParquetException("a page of differences has sizes out of range");
        _perMiniblock = (int)(block / miniblocks);
        _widths = new byte[miniblocks];
        _miniblock = _widths.Length;
        _inMiniblock = _perMiniblock;
        (_left, _last) = ((long)total, bytes.ZigZag());
    }

    /// <summary>The values left.</summary>
    public long Left => _left;

    public ParquetValue Next() => new(NextNumber());

    public long NextNumber()
    {
        if (_left-- <= 0)
            throw new ParquetException("a page ends too early");
        if (_isFirst)
        {
            _isFirst = false;
            return _last;
        }

        if (_inMiniblock == _perMiniblock)
            ReadMiniblock();
        var (width, bit) = (_widths[_miniblock], (long)_inMiniblock++ * _widths[_miniblock]);
        ulong delta = 0;
        var span = _packed.Span;
        for (var i = 0; i < width; i++, bit++)
            delta |= (ulong)((span[(int)(bit >> 3)] >> (int)(bit & 7)) & 1) << i;
        // Wraps around, as the writer's subtraction did.
        _last = unchecked(_last + _least + (long)delta);
        return _last;
    }

    private void ReadMiniblock()
    {
        if (++_miniblock >= _widths.Length)
        {
            _least = _bytes.ZigZag();
            _bytes.Take(_widths.Length).CopyTo(_widths);
            if (_widths.Any(width => width > 64))
                throw new ParquetException("a page of differences has a width above 64 bits");
            _miniblock = 0;
        }

        (_packed, _inMiniblock) = (_bytes.Take((long)_perMiniblock / 8 * _widths[_miniblock]), 0);
    }
}
