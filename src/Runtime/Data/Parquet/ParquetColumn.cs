namespace FineTune.Data.Parquet;

/// <summary>Reads a column of a group of rows page by page: levels and values, one after the other.</summary>
internal sealed class ParquetColumn
{
    private const int LongestHeader = 1 << 16;

    private readonly ParquetNode _leaf;
    private readonly ParquetChunk _chunk;
    private readonly Stream _file;
    private List<ParquetValue>? _dictionary;
    private HybridDecoder? _repetitions;
    private HybridDecoder? _definitions;
    private IValueDecoder? _values;
    private long _position;
    private long _inPage;
    private long _left;

    public ParquetColumn(ParquetNode leaf, ParquetChunk chunk, Stream file)
    {
        (_leaf, _chunk, _file, _position, _left) = (leaf, chunk, file, chunk.Start, chunk.Values);
        Advance();
    }

    /// <summary>Whether all is read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>At which level the current value repeats.</summary>
    public int Repetition { get; private set; }

    /// <summary>Down to which level the current value is there.</summary>
    public int Definition { get; private set; }

    /// <summary>The current value, if it is there.</summary>
    public ParquetValue Value { get; private set; }

    /// <summary>Goes to the next value or null.</summary>
    public void Advance()
    {
        if (_left == 0)
        {
            IsAtEnd = true;
            return;
        }

        while (_inPage == 0)
            ReadPage();
        (_inPage, _left) = (_inPage - 1, _left - 1);
        Repetition = _repetitions?.Next() ?? 0;
        Definition = _definitions?.Next() ?? 0;
        if (Repetition > _leaf.RepetitionLevel || Definition > _leaf.DefinitionLevel)
            throw new ParquetException("a level is above the column's");
        Value = Definition == _leaf.DefinitionLevel ? _values!.Next() : default;
    }

    private void ReadPage()
    {
        if (_position >= _chunk.Start + _chunk.Length || _position >= _file.Length)
            throw new ParquetException($"the column '{_leaf.Name}' ends too early");
        _file.Position = _position;
        var head = new byte[Math.Min(LongestHeader, _file.Length - _position)];
        _file.ReadExactly(head);
        var reader = new ThriftReader(head);
        var header = ParquetPageHeader.Read(ref reader);
        if (header.CompressedSize < 0 || header.CompressedSize > _file.Length - _position - reader.Position)
            throw new ParquetException("a page is longer than the file");
        _position += reader.Position;
        _file.Position = _position;
        var bytes = new byte[header.CompressedSize];
        _file.ReadExactly(bytes);
        _position += bytes.Length;
        switch (header.Kind)
        {
            case 0:
                ReadData(header, new PageBytes(Decompression.Expand(bytes, _chunk.Codec, header.Size)));
                break;
            case 2:
                ReadDictionary(header, Decompression.Expand(bytes, _chunk.Codec, header.Size));
                break;
            case 3:
                ReadDataV2(header, bytes);
                break;
        }
    }

    private void ReadData(ParquetPageHeader header, PageBytes page)
    {
        _repetitions = _leaf.RepetitionLevel > 0 ? new HybridDecoder(page.Block(), Width(_leaf.RepetitionLevel)) : null;
        _definitions = _leaf.DefinitionLevel > 0 ? new HybridDecoder(page.Block(), Width(_leaf.DefinitionLevel)) : null;
        StartValues(header, page.Rest);
    }

    // Levels stand before the values, never compressed.
    private void ReadDataV2(ParquetPageHeader header, byte[] bytes)
    {
        var page = new PageBytes(bytes);
        var (repetitions, definitions) = (page.Take(header.RepetitionBytes), page.Take(header.DefinitionBytes));
        _repetitions = _leaf.RepetitionLevel > 0 ? new HybridDecoder(repetitions, Width(_leaf.RepetitionLevel)) : null;
        _definitions = _leaf.DefinitionLevel > 0 ? new HybridDecoder(definitions, Width(_leaf.DefinitionLevel)) : null;
        var size = header.Size - header.RepetitionBytes - header.DefinitionBytes;
        StartValues(header, header.IsCompressed && page.Rest.Length > 0 ? Decompression.Expand(page.Rest.ToArray(), _chunk.Codec, size) : page.Rest);
    }

    private void StartValues(ParquetPageHeader header, ReadOnlyMemory<byte> bytes)
    {
        _inPage = header.Values is >= 0 and var values && values <= _left ? values : throw new ParquetException("a page has more values than its column");
        _values = header.Encoding switch
        {
            0 => new PlainDecoder(_leaf, bytes, isSplit: false),
            2 or 8 when _dictionary is null => throw new ParquetException("a page needs a dictionary that is not there"),
            2 or 8 => new IndexDecoder(_dictionary, bytes.IsEmpty ? new HybridDecoder(bytes, 0) : new HybridDecoder(bytes[1..], bytes.Span[0] is <= 32 and var width ? width : throw new ParquetException("an index has more than 32 bits"))),
            3 when _leaf.Type == ParquetType.Boolean => new IndexDecoder(null, new HybridDecoder(new PageBytes(bytes).Block(), 1)),
            5 when _leaf.Type is ParquetType.Int32 or ParquetType.Int64 => new DeltaDecoder(new PageBytes(bytes)) is var deltas && _leaf.Type == ParquetType.Int32 ? new NarrowedDecoder(deltas) : deltas,
            6 when _leaf.Type == ParquetType.ByteArray => new DeltaTextDecoder(bytes, hasPrefixes: false),
            7 when _leaf.Type is ParquetType.ByteArray or ParquetType.FixedLengthByteArray => new DeltaTextDecoder(bytes, hasPrefixes: true),
            9 when _leaf.Type is not (ParquetType.Boolean or ParquetType.ByteArray) => new PlainDecoder(_leaf, bytes, isSplit: true),
            var other => throw new ParquetException($"the encoding {other} of the column '{_leaf.Name}' is not read"),
        };
    }

    private void ReadDictionary(ParquetPageHeader header, byte[] bytes)
    {
        var (decoder, values) = (new PlainDecoder(_leaf, bytes, isSplit: false), new List<ParquetValue>());
        // Each takes a byte or more, but for arrays of no bytes.
        for (long i = 0; i < header.Values && i <= bytes.Length * 8L; i++)
            values.Add(decoder.Next());
        _dictionary = values;
    }

    private static int Width(int level) => 32 - int.LeadingZeroCount(level);
}
