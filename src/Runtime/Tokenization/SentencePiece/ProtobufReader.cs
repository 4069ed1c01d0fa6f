using System.Buffers.Binary;

namespace FineTune.Tokenization.SentencePiece;

/// <summary>Walks over the fields of a protocol buffer message; every length is checked against what is there.</summary>
internal sealed class ProtobufReader(ReadOnlyMemory<byte> message, string file)
{
    private int _position;
    private int _wireType;
    private bool _isRead = true;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field; a value that was not taken is skipped.</summary>
    public bool Next()
    {
        if (!_isRead)
            Skip();
        if (_position == message.Length)
            return false;
        var key = Varint();
        Field = (int)(key >> 3);
        _wireType = (int)(key & 7);
        _isRead = false;
        return true;
    }

    public int Number()
    {
        Take(0);
        return unchecked((int)Varint());
    }

    public float Single()
    {
        Take(5);
        return BinaryPrimitives.ReadSingleLittleEndian(Span(4));
    }

    public ReadOnlySpan<byte> Bytes()
    {
        Take(2);
        return Span(Length());
    }

    public string Text() => System.Text.Encoding.UTF8.GetString(Bytes());

    public ProtobufReader Message()
    {
        Take(2);
        var length = Length();
        var start = _position;
        Span(length);
        return new ProtobufReader(message.Slice(start, length), file);
    }

    private void Take(int wireType)
    {
        if (_wireType != wireType || _isRead)
            throw Malformed();
        _isRead = true;
    }

    private void Skip()
    {
        _isRead = true;
        switch (_wireType)
        {
            case 0:
                Varint();
                break;
            case 1:
                Span(8);
                break;
            case 2:
                Span(Length());
                break;
            case 5:
                Span(4);
                break;
            default:
                throw Malformed();
        }
    }

    private int Length()
    {
        var length = Varint();
        return length <= (ulong)(message.Length - _position) ? (int)length : throw Malformed();
    }

    private ReadOnlySpan<byte> Span(int length)
    {
        if (length > message.Length - _position)
            throw Malformed();
        _position += length;
        return message.Span.Slice(_position - length, length);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Span(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw Malformed();
    }

    private FineTuneException Malformed() => TokenizerErrors.Malformed(file, "it is no SentencePiece model, or a truncated one");
}
