namespace FineTune.Templates;

/// <summary>
/// Turns a template's text into tokens, as Jinja does with the options of chat templates: <c>trim_blocks</c> (a newline behind a
/// block tag is dropped), <c>lstrip_blocks</c> (so are spaces before one that begins its line), and no newline at the end.
/// Jinja reads token by token, so that a mistake in the grammar comes before one further on: an error is a token here too.
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _open = new();
    private int _position;
    private int _line = 1;

    private Lexer(string source) => _source = source;

    /// <summary>The tokens, the last of which is an end or an error.</summary>
    public static List<Token> Read(string source)
    {
        var lexer = new Lexer(Normalize(source));
        try
        {
            lexer.ReadAll();
            // Jinja says that a template ends where its last token is.
            var last = lexer._tokens.Count > 0 ? lexer._tokens[lexer._tokens.Count - 1].Line : 1;
            lexer._tokens.Add(new(TokenKind.End, "", last));
        }
        catch (TemplateSyntaxException error)
        {
            lexer._tokens.Add(new(TokenKind.Error, error.Message, error.Line));
        }

        return lexer._tokens;
    }

    /// <summary>Line ends as <c>\n</c>, without the one at the end.</summary>
    public static string Normalize(string source)
    {
        var text = NormalizeNewlines(source);
        return text.Length > 0 && text[text.Length - 1] == '\n' ? text.Substring(0, text.Length - 1) : text;
    }

    /// <summary>Line ends as <c>\n</c>: the same template, wherever it was checked out.</summary>
    public static string NormalizeNewlines(string text) =>
        text.IndexOf('\r') < 0 ? text : text.Replace("\r\n", "\n").Replace('\r', '\n');

    private void ReadAll()
    {
        var lineStarting = true;
        while (_position < _source.Length)
        {
            var tag = FindTag(_position);
            if (tag < 0)
            {
                Add(TokenKind.Data, _source.Substring(_position));
                return;
            }

            var (rawEnd, rawSign) = MatchRaw(tag);
            var kind = _source[tag + 1];
            var sign = rawEnd >= 0 ? rawSign : tag + 2 < _source.Length && _source[tag + 2] is '-' or '+' ? _source[tag + 2] : '\0';
            AddData(_position, tag, sign, strips: kind != '{', lineStarting);
            if (rawEnd >= 0)
            {
                Advance(tag, rawEnd);
                ReadRaw();
            }
            else
            {
                _position = tag + 2 + (sign == '\0' ? 0 : 1);
                if (kind == '#')
                    ReadComment();
                else
                    ReadTag(kind == '{');
            }

            lineStarting = _position > 0 && _source[_position - 1] == '\n';
        }
    }

    private int FindTag(int from)
    {
        for (var i = _source.IndexOf('{', from); i >= 0 && i + 1 < _source.Length; i = _source.IndexOf('{', i + 1))
        {
            if (_source[i + 1] is '{' or '%' or '#')
                return i;
        }

        return -1;
    }

    /// <summary>Adds the text before a tag, which may strip it.</summary>
    private void AddData(int start, int end, char sign, bool strips, bool lineStarting)
    {
        var newlines = CountNewlines(start, end);
        var text = _source.Substring(start, end - start);
        if (sign == '-')
        {
            text = TrimEnd(text);
        }
        else if (sign != '+' && strips)
        {
            var lineStart = text.LastIndexOf('\n') + 1;
            if ((lineStart > 0 || lineStarting) && lineStart < text.Length && IsSpace(text, lineStart))
                text = text.Substring(0, lineStart);
        }

        if (text.Length > 0)
            Add(TokenKind.Data, text);
        _line += newlines;
    }

    /// <summary>Whether <c>{% raw %}</c> begins here: where it ends, and its sign.</summary>
    private (int End, char Sign) MatchRaw(int tag)
    {
        if (_source[tag + 1] != '%')
            return (-1, '\0');
        var i = tag + 2;
        var sign = i < _source.Length && _source[i] is '-' or '+' ? _source[i++] : '\0';
        i = SkipSpace(i);
        if (!Matches(i, "raw"))
            return (-1, '\0');
        i = SkipSpace(i + 3);
        if (Matches(i, "-%}"))
            return (SkipSpace(i + 3), sign);
        return Matches(i, "%}") ? (i + 2, sign) : (-1, '\0');
    }

    private void ReadRaw()
    {
        var start = _position;
        for (var i = _source.IndexOf("{%", start, StringComparison.Ordinal); i >= 0; i = _source.IndexOf("{%", i + 1, StringComparison.Ordinal))
        {
            var j = i + 2;
            var sign = j < _source.Length && _source[j] is '-' or '+' ? _source[j++] : '\0';
            j = SkipSpace(j);
            if (!Matches(j, "endraw"))
                continue;
            var end = MatchBlockEnd(SkipSpace(j + 6));
            if (end < 0)
                continue;
            AddData(start, i, sign, strips: true, start > 0 && _source[start - 1] == '\n');
            Advance(i, end);
            return;
        }

        if (start < _source.Length)
            throw Error("Missing end of raw directive");
    }

    private void ReadComment()
    {
        var start = _position;
        var end = _source.IndexOf("#}", start, StringComparison.Ordinal);
        if (end < 0)
        {
            if (start < _source.Length)
                throw Error("Missing end of comment tag");
            return;
        }

        var sign = end > start ? _source[end - 1] : '\0';
        var after = end + 2;
        if (sign == '-')
            after = SkipSpace(after);
        else if (sign != '+' && after < _source.Length && _source[after] == '\n')
            after++;
        Advance(start, after);
    }

    /// <summary>Reads a tag: its begin, what is in it, and its end.</summary>
    private void ReadTag(bool variable)
    {
        Add(variable ? TokenKind.VariableBegin : TokenKind.BlockBegin, variable ? "{{" : "{%");
        while (_position < _source.Length)
        {
            var end = _open.Count > 0 ? -1 : variable ? MatchVariableEnd(_position) : MatchBlockEnd(_position);
            if (end >= 0)
            {
                Add(variable ? TokenKind.VariableEnd : TokenKind.BlockEnd, variable ? "}}" : "%}");
                Advance(_position, end);
                return;
            }

            var afterSpace = SkipSpace(_position);
            if (afterSpace > _position)
                Advance(_position, afterSpace);
            else if (!ReadNumber() && !ReadName() && !ReadString() && !ReadOperator())
                throw Error($"unexpected char '{_source[_position]}' at {_position}");
        }
    }

    private int MatchBlockEnd(int at)
    {
        if (Matches(at, "-%}"))
            return SkipSpace(at + 3);
        if (Matches(at, "+%}"))
            return at + 3;
        if (!Matches(at, "%}"))
            return -1;
        return at + 2 < _source.Length && _source[at + 2] == '\n' ? at + 3 : at + 2;
    }

    private int MatchVariableEnd(int at) => Matches(at, "-}}") ? SkipSpace(at + 3) : Matches(at, "}}") ? at + 2 : -1;

    private bool ReadNumber()
    {
        if (!IsDigit(_position))
            return false;
        var float_ = _position > 0 && _source[_position - 1] == '.' ? -1 : NumberScanner.MatchFloat(_source, _position);
        var end = float_ >= 0 ? float_ : NumberScanner.MatchInteger(_source, _position);
        if (end < 0)
            return false;
        Add(float_ >= 0 ? TokenKind.Float : TokenKind.Integer, _source.Substring(_position, end - _position).Replace("_", ""));
        _position = end;
        return true;
    }

    private bool ReadName()
    {
        var end = _position;
        while (end < _source.Length && (_source[end] == '_' || char.IsLetterOrDigit(_source, end) || IdentifierCharacters.IsMark(_source, end)))
            end += char.IsHighSurrogate(_source[end]) ? 2 : 1;
        if (end == _position)
            return false;
        var name = _source.Substring(_position, end - _position);
        if (!IdentifierCharacters.IsIdentifier(name))
            throw Error("Invalid character in identifier");
        Add(TokenKind.Name, name);
        _position = end;
        return true;
    }

    private bool ReadString()
    {
        var quote = _source[_position];
        if (quote is not ('\'' or '"'))
            return false;
        for (var i = _position + 1; i < _source.Length; i++)
        {
            if (_source[i] == '\\')
            {
                i++;
            }
            else if (_source[i] == quote)
            {
                var text = NormalizeNewlines(_source.Substring(_position + 1, i - _position - 1));
                Add(TokenKind.String, StringEscapes.Decode(text, _line));
                Advance(_position, i + 1);
                return true;
            }
        }

        return false;
    }

    private bool ReadOperator()
    {
        var (kind, length) = Operators.Match(_source, _position);
        if (length == 0)
            return false;
        var character = _source[_position];
        switch (character)
        {
            case '(': _open.Push(')'); break;
            case '[': _open.Push(']'); break;
            case '{': _open.Push('}'); break;
            case ')' or ']' or '}':
                if (_open.Count == 0)
                    throw Error($"unexpected '{character}'");
                var expected = _open.Pop();
                if (expected != character)
                    throw Error($"unexpected '{character}', expected '{expected}'");
                break;
        }

        Add(kind, _source.Substring(_position, length));
        _position += length;
        return true;
    }

    private void Add(TokenKind kind, string text) => _tokens.Add(new(kind, text, _line));

    private void Advance(int from, int to)
    {
        _line += CountNewlines(from, to);
        _position = to;
    }

    private int CountNewlines(int from, int to)
    {
        var count = 0;
        for (var i = from; i < to; i++)
            count += _source[i] == '\n' ? 1 : 0;
        return count;
    }

    private bool Matches(int at, string text) => string.CompareOrdinal(_source, at, text, 0, text.Length) == 0;

    private bool IsDigit(int at) => _source[at] is >= '0' and <= '9';

    private int SkipSpace(int at)
    {
        while (at < _source.Length && IsSpace(_source[at]))
            at++;
        return at;
    }

    private static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
            end--;
        return text.Substring(0, end);
    }

    private static bool IsSpace(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (!IsSpace(text[i]))
                return false;
        }

        return true;
    }

    // Python's white space: .NET's, and the four separators of ASCII.
    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    private TemplateSyntaxException Error(string message) => new(message, _line);
}
