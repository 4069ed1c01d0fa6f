namespace FineTune.Data.Parquet;

/// <summary>The hybrid of run lengths and bit packing (Encodings.md, RLE = 3), in which levels, booleans and dictionary indices are.</summary>
internal sealed class HybridDecoder(ReadOnlyMemory<byte> bytes, int bitWidth)
{
    private readonly PageBytes _bytes = new(bytes);
    private ReadOnlyMemory<byte> _packed;
    private long _left;
    private long _index;
    private int _repeated;

    public int Next()
    {
        if (bitWidth == 0)
            return 0;
        while (_left == 0)
            ReadRun();
        _left--;
        return _packed.IsEmpty ? _repeated : Unpack(_index++);
    }

    private void ReadRun()
    {
        var header = _bytes.Varint();
        if ((header & 1) == 1)
        {
            var groups = header >> 1;
            if (groups > int.MaxValue / 32)
                throw new ParquetException("a run is longer than its page");
            // The last group may be cut off where no value needs it.
            var wanted = (long)groups * bitWidth;
            _packed = _bytes.Take(Math.Min(wanted, _bytes.Rest.Length));
            (_left, _index) = (_packed.Length * 8L / bitWidth, 0);
            if (_left == 0)
                throw new ParquetException("a page ends too early");
            return;
        }

        (_left, _packed, _repeated) = ((long)(header >> 1), default, 0);
        for (var i = 0; i < (bitWidth + 7) / 8; i++)
            _repeated |= _bytes.Byte() << (8 * i);
    }

    private int Unpack(long index)
    {
        var (value, bit) = (0, index * bitWidth);
        var span = _packed.Span;
        for (var i = 0; i < bitWidth; i++, bit++)
            value |= ((span[(int)(bit >> 3)] >> (int)(bit & 7)) & 1) << i;
        return value;
    }
}
