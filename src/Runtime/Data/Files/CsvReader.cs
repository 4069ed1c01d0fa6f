using System.Text;

namespace FineTune.Data.Files;

/// <summary>
/// Reads separated values as RFC 4180 has them, record by record: a field in quotes may hold separators, line breaks, and quotes
/// doubled. Lines end with <c>\n</c>, <c>\r\n</c> or <c>\r</c>; blank lines are skipped. The text is UTF-8.
/// </summary>
internal sealed class CsvReader(Stream stream, char separator, string path) : IDisposable
{
    /// <summary>A longer field is a quote that was never closed.</summary>
    private const int LongestField = 1 << 28;

    private readonly StreamReader _reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
    private readonly StringBuilder _field = new();
    private int _line = 1;
    private bool _isFirst = true;

    /// <summary>The line at which the last record begins.</summary>
    public int Line { get; private set; }

    /// <summary>Reads the next record; null at the end.</summary>
    /// <exception cref="FineTuneException">FT5012: the text is broken here.</exception>
    public List<string>? Read()
    {
        try
        {
            if (_isFirst && Peek() == '\uFEFF')
                _reader.Read();
            _isFirst = false;
            while (Peek() is '\r' or '\n')
                EndLine();
            if (Peek() < 0)
                return null;
            Line = _line;
            var fields = new List<string>();
            do
            {
                fields.Add(Peek() == '"' ? ReadQuoted() : ReadPlain());
            }
            while (TakeSeparator());
            if (Peek() >= 0)
                EndLine();
            return fields;
        }
        catch (DecoderFallbackException exception)
        {
            throw new FineTuneException("FT5012", "The line is not valid UTF-8 text. Save the file as UTF-8.", $"{path}:{_line}", exception);
        }
    }

    public void Dispose() => _reader.Dispose();

    private int Peek() => _reader.Peek();

    private bool TakeSeparator()
    {
        if (Peek() != separator)
            return false;
        _reader.Read();
        return true;
    }

    private void EndLine()
    {
        if (_reader.Read() == '\r' && Peek() == '\n')
            _reader.Read();
        _line++;
    }

    private string ReadPlain()
    {
        _field.Clear();
        while (Peek() is >= 0 and not ('\r' or '\n') and var character && character != separator)
            Append((char)_reader.Read());
        return _field.ToString();
    }

    private string ReadQuoted()
    {
        _field.Clear();
        var begin = _line;
        _reader.Read();
        while (true)
        {
            var character = _reader.Read();
            if (character < 0)
                throw Broken(begin, "The quote that opens a field here is never closed; close it, or double quotes within a text");
            if (character == '"')
            {
                if (Peek() != '"')
                    break;
                _reader.Read();
            }
            else if (character == '\n' || (character == '\r' && Peek() != '\n'))
            {
                _line++;
            }

            Append((char)character);
        }

        return Peek() is < 0 or '\r' or '\n' || Peek() == separator
            ? _field.ToString()
            : throw Broken(_line, "Text follows the quote that closes a field; double the quotes within a text");
    }

    private void Append(char character)
    {
        if (_field.Length == LongestField)
            throw Broken(Line, "A field is longer than can be read; a quote may be missing");
        _field.Append(character);
    }

    private FineTuneException Broken(int line, string what) => new("FT5012", what + ".", $"{path}:{line}");
}
