namespace FineTune.Data.Parquet;

/// <summary>
/// Byte arrays whose lengths are differences (DELTA_LENGTH_BYTE_ARRAY = 6), and those that also share beginnings with the array
/// before (DELTA_BYTE_ARRAY = 7).
/// </summary>
internal sealed class DeltaTextDecoder : IValueDecoder
{
    /// <summary>More values than a page of a file that anyone trains on.</summary>
    private const int MostValues = 1 << 24;

    private readonly Queue<int> _prefixes = [];
    private readonly Queue<int> _lengths;
    private readonly PageBytes _bytes;
    private readonly bool _hasPrefixes;
    private byte[] _last = [];

    public DeltaTextDecoder(ReadOnlyMemory<byte> page, bool hasPrefixes)
    {
        (_bytes, _hasPrefixes) = (new PageBytes(page), hasPrefixes);
        if (hasPrefixes)
            _prefixes = ReadLengths();
        _lengths = ReadLengths();
    }

    public ParquetValue Next()
    {
        if (_lengths.Count == 0 || (_hasPrefixes && _prefixes.Count == 0))
            throw new ParquetException("a page ends too early");
        var prefix = _hasPrefixes ? _prefixes.Dequeue() : 0;
        var suffix = _bytes.Take(_lengths.Dequeue());
        if (prefix == 0 && !_hasPrefixes)
            return new ParquetValue(0, suffix);
        if (prefix < 0 || prefix > _last.Length)
            throw new ParquetException("a text shares more with the one before than that has");
        _last = [.. _last.AsSpan(0, prefix), .. suffix.Span];
        return new ParquetValue(0, _last);
    }

    // All of them stand before the texts.
    private Queue<int> ReadLengths()
    {
        var decoder = new DeltaDecoder(_bytes);
        if (decoder.Left > MostValues)
            throw new ParquetException($"a page claims {decoder.Left} texts");
        var lengths = new Queue<int>();
        while (decoder.Left > 0)
            lengths.Enqueue(decoder.NextNumber() is >= 0 and <= int.MaxValue and var length ? (int)length : throw new ParquetException("a text has a length out of range"));
        return lengths;
    }
}
