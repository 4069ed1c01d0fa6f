namespace FineTune.Data.Files;

/// <summary>Expands deflated data (RFC 1951) and takes not a byte more than belongs to it.</summary>
internal sealed class InflateReader(Stream compressed)
{
    private const int WindowSize = 1 << 15;

    private static readonly int[] LengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly int[] LengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly int[] DistanceBase =
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private static readonly int[] DistanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
    private static readonly int[] CodeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static readonly HuffmanCode FixedLiterals = new(
        [.. Enumerable.Range(0, 288).Select(symbol => (byte)(symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8))]);

    private static readonly HuffmanCode FixedDistances = new([.. Enumerable.Repeat((byte)5, 30)]);

    private readonly byte[] _input = new byte[1 << 16];
    private readonly byte[] _window = new byte[WindowSize];
    private int _next;
    private int _end;
    private uint _bits;
    private int _bitCount;
    private long _written;
    private int _stored;
    private int _copyLength;
    private int _copyDistance;
    private bool _isLast;
    private HuffmanCode? _literals;
    private HuffmanCode? _distances;

    /// <summary>Begins with new data.</summary>
    public void Begin() => (_bits, _bitCount, _written, _stored, _copyLength, _isLast, _literals) = (0, 0, 0, 0, 0, false, null);

    /// <summary>A byte between the data; -1 at the end of the stream.</summary>
    public int TryReadByte()
    {
        if (_next == _end)
            (_next, _end) = (0, compressed.Read(_input));
        return _next == _end ? -1 : _input[_next++];
    }

    /// <summary>A byte between the data.</summary>
    /// <exception cref="InvalidDataException">The stream ends here.</exception>
    public int ReadByte() => TryReadByte() is >= 0 and var value ? value : throw new InvalidDataException("The data is cut off.");

    /// <summary>Expands into a buffer; 0 at the end of the data.</summary>
    /// <exception cref="InvalidDataException">The data is damaged or cut off.</exception>
    public int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length)
        {
            if (_stored > 0)
            {
                _stored--;
                buffer[count++] = Emit((byte)ReadByte());
            }
            else if (_copyLength > 0)
            {
                _copyLength--;
                buffer[count++] = Emit(_window[(_written - _copyDistance) & (WindowSize - 1)]);
            }
            else if (_literals is not null)
            {
                if (ReadSymbol() is >= 0 and var literal)
                    buffer[count++] = Emit((byte)literal);
            }
            else if (_isLast)
            {
                break;
            }
            else
            {
                ReadBlock();
            }
        }

        return count;
    }

    private byte Emit(byte value) => _window[_written++ & (WindowSize - 1)] = value;

    // A literal, or -1 for all else.
    private int ReadSymbol()
    {
        var symbol = Decode(_literals!);
        if (symbol < 256)
            return symbol;
        if (symbol == 256)
        {
            _literals = null;
            return -1;
        }

        if (symbol - 257 >= LengthBase.Length)
            throw Damaged();
        _copyLength = LengthBase[symbol - 257] + Bits(LengthBits[symbol - 257]);
        var distance = Decode(_distances!);
        if (distance >= DistanceBase.Length)
            throw Damaged();
        _copyDistance = DistanceBase[distance] + Bits(DistanceBits[distance]);
        return _copyDistance <= _written ? -1 : throw Damaged();
    }

    private void ReadBlock()
    {
        _isLast = Bits(1) == 1;
        switch (Bits(2))
        {
            case 0:
                (_bits, _bitCount) = (0, 0);
                var (length, check) = (ReadByte() | (ReadByte() << 8), ReadByte() | (ReadByte() << 8));
                _stored = length == (check ^ 0xFFFF) ? length : throw Damaged();
                break;
            case 1:
                (_literals, _distances) = (FixedLiterals, FixedDistances);
                break;
            case 2:
                ReadCodes();
                break;
            default:
                throw Damaged();
        }
    }

    private void ReadCodes()
    {
        var (literals, distances, codes) = (Bits(5) + 257, Bits(5) + 1, Bits(4) + 4);
        var lengths = new byte[19];
        for (var i = 0; i < codes; i++)
            lengths[CodeOrder[i]] = (byte)Bits(3);
        var code = new HuffmanCode(lengths);
        var all = new byte[literals + distances];
        for (var i = 0; i < all.Length;)
        {
            var symbol = Decode(code);
            if (symbol < 16)
            {
                all[i++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && i == 0)
                throw Damaged();
            var (value, repeat) = symbol switch
            {
                16 => (all[i - 1], 3 + Bits(2)),
                17 => ((byte)0, 3 + Bits(3)),
                _ => ((byte)0, 11 + Bits(7)),
            };
            if (repeat > all.Length - i)
                throw Damaged();
            all.AsSpan(i, repeat).Fill(value);
            i += repeat;
        }

        (_literals, _distances) = (new HuffmanCode(all.AsSpan(0, literals)), new HuffmanCode(all.AsSpan(literals)));
    }

    private int Bits(int count)
    {
        for (; _bitCount < count; _bitCount += 8)
            _bits |= (uint)ReadByte() << _bitCount;
        var value = (int)(_bits & ((1u << count) - 1));
        (_bits, _bitCount) = (_bits >> count, _bitCount - count);
        return value;
    }

    private int Decode(HuffmanCode code)
    {
        var (first, index, value) = (0, 0, 0);
        for (var length = 1; length <= HuffmanCode.Longest; length++)
        {
            value |= Bits(1);
            var count = code.Counts[length];
            if (value - count < first)
                return code.Symbols[index + value - first];
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("The data is damaged.");

    /// <summary>A canonical code: how many symbols have a code of each length, and the symbols in the order of their codes.</summary>
    private sealed class HuffmanCode
    {
        public const int Longest = 15;

        public HuffmanCode(ReadOnlySpan<byte> lengths)
        {
            foreach (var length in lengths)
                Counts[length]++;
            Counts[0] = 0;
            var left = 1;
            var offsets = new int[Longest + 2];
            for (var length = 1; length <= Longest; length++)
            {
                left = (left << 1) - Counts[length];
                if (left < 0)
                    throw Damaged();
                offsets[length + 1] = offsets[length] + Counts[length];
            }

            Symbols = new int[lengths.Length];
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] > 0)
                    Symbols[offsets[lengths[symbol]]++] = symbol;
            }
        }

        public int[] Counts { get; } = new int[Longest + 1];

        public int[] Symbols { get; }
    }
}
