using System.Text.Json;

namespace FineTune.Data.Files;

/// <summary>Reads the items of one JSON array, each as the bytes of its text, in the memory of the largest.</summary>
internal sealed class JsonArrayFile
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    private readonly Stream _stream;
    private readonly string _path;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private int _line = 1;
    private bool _isEnded;
    private bool _isInside;
    private JsonReaderState _state = new(Options);

    private JsonArrayFile(Stream stream, string path)
    {
        (_stream, _path) = (stream, path);
    }

    /// <param name="stream">The text.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="isCut">Whether only the beginning is there: an item that is not whole is no mistake.</param>
    /// <exception cref="FineTuneException">FT5012: the text is no JSON array.</exception>
    public static IEnumerable<JsonLine> Read(Stream stream, string path, bool isCut = false)
    {
        var file = new JsonArrayFile(stream, path);
        while (file.TryNext(isCut, out var item))
            yield return item;
    }

    private bool TryNext(bool isCut, out JsonLine item)
    {
        try
        {
            while (true)
            {
                switch (Step(isCut, out item))
                {
                    case true:
                        return true;
                    case false:
                        return false;
                }

                Fill();
            }
        }
        catch (JsonException exception)
        {
            // The reader's state counts the lines of the whole file.
            throw new FineTuneException(
                "FT5012", $"The file is no JSON array of rows: {exception.Message.Split(" LineNumber:")[0].TrimEnd('.')}.",
                $"{_path}:{exception.LineNumber.GetValueOrDefault() + 1}", exception);
        }
    }

    // True: an item; false: the end; null: more bytes are needed.
    private bool? Step(bool isCut, out JsonLine item)
    {
        item = default;
        var isFinal = _isEnded && !isCut;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), isFinal, _state);
        if (!_isInside)
        {
            if (!reader.Read())
                return _isEnded ? false : null;
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("it does not begin with '['", null, 0, 0);
            (_isInside, _line) = (true, _line + Lines(_buffer.AsSpan(_start, (int)reader.BytesConsumed)));
            Keep(reader);
            return Step(isCut, out item);
        }

        // After the end the reader complains of all but white space.
        if (!reader.Read())
            return More(reader);
        if (reader.TokenType == JsonTokenType.EndArray)
            return More(reader);

        var begin = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return _isEnded ? false : null;
        var bytes = _buffer.AsMemory(_start + begin, (int)reader.BytesConsumed - begin);
        _line += Lines(_buffer.AsSpan(_start, begin));
        item = new JsonLine(_line, bytes);
        _line += Lines(bytes.Span);
        Keep(reader);
        return true;
    }

    private bool? More(Utf8JsonReader reader)
    {
        _line += Lines(_buffer.AsSpan(_start, (int)reader.BytesConsumed));
        Keep(reader);
        return _isEnded ? false : null;
    }

    private void Keep(Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length > Array.MaxLength / 2)
                throw new FineTuneException("FT5012", "A row is longer than a gigabyte.", $"{_path}:{_line}");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _stream.Read(_buffer.AsSpan(_end));
        if (_end == 0 && !_isInside && _buffer.AsSpan(0, read).StartsWith("\uFEFF"u8))
            _start = 3;
        _end += read;
        _isEnded = read == 0;
    }

    private static int Lines(ReadOnlySpan<byte> text) => text.Count((byte)'\n');
}
