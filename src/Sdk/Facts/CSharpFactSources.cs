using System.Globalization;
using System.Text;

namespace FineTune.Build.Facts;

/// <summary>
/// Finds the names in <c>[BaseModel("…")]</c> and <c>[Dataset("…", Test = "…")]</c> and <c>[DatasetFile("…")]</c> of C# sources, before a compiler runs: only
/// literals can be known so. It reads tokens, so that comments and other strings are no attributes.
/// </summary>
internal sealed class CSharpFactSources
{
    private readonly string _text;
    private readonly List<FactSource> _found = [];
    private int _position;

    private CSharpFactSources(string text)
    {
        _text = text;
    }

    public static IReadOnlyList<FactSource> Find(string text)
    {
        // Most files have neither, and are not read further.
        if (!text.Contains("BaseModel", StringComparison.Ordinal) && !text.Contains("Dataset", StringComparison.Ordinal))
            return [];

        var sources = new CSharpFactSources(text);
        sources.ReadFile();
        return sources._found;
    }

    private void ReadFile()
    {
        // What an attribute's name follows: a bracket, a comma, or the namespace before it.
        string before = "";
        while (Next() is { } token)
        {
            bool isModel = token is "BaseModel" or "BaseModelAttribute";
            if (before is "[" or "," or "." or ":" && (isModel || token is "Dataset" or "DatasetAttribute" or "DatasetFile" or "DatasetFileAttribute"))
            {
                int start = _position;
                if (Next() == "(")
                    ReadArguments(isModel);
                else
                    _position = start;
            }

            before = token;
        }
    }

    private void ReadArguments(bool isModel)
    {
        string? name = null;
        var argument = new List<string>();
        int depth = 1;
        while (depth > 0 && Next() is { } token)
        {
            if (token is "(" or "[" or "{")
                depth++;
            if (token is ")" or "]" or "}" && --depth == 0 || (token == "," && depth == 1))
            {
                if (argument is [['"', .. string value]] && value.Length > 0 && (name is null || (name == "Test" && !isModel)))
                    _found.Add(new FactSource(isModel, value));
                (name, argument) = (null, []);
            }
            else if (token == "=" && argument is [string assigned])
            {
                (name, argument) = (assigned, []);
            }
            else
            {
                argument.Add(token);
            }
        }
    }

    /// <summary>The next token: a name, a sign, or a string's value after a quote; null at the end.</summary>
    private string? Next()
    {
        while (_position < _text.Length)
        {
            char character = _text[_position];
            if (char.IsWhiteSpace(character))
                _position++;
            else if (At("//"))
                _position = End(_text.IndexOf('\n', _position));
            else if (At("/*"))
                _position = _text.IndexOf("*/", _position + 2, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : _text.Length;
            else if (character == '#' && IsFirstOnLine())
                _position = End(_text.IndexOf('\n', _position));
            else if (char.IsLetter(character) || character == '_')
                return ReadWhile(c => char.IsLetterOrDigit(c) || c == '_');
            else
                return ReadSign(character);
        }

        return null;
    }

    private string ReadSign(char character)
    {
        if (character == '\'')
        {
            ReadQuoted('\'');
            return "'";
        }

        if (At("\"\"\""))
            return '"' + ReadRaw();
        if (At("@\""))
        {
            _position++;
            return '"' + ReadVerbatim();
        }

        if (character == '"')
            return '"' + ReadQuoted('"');
        if (character == '$')
        {
            // An interpolated string is no literal; its holes may hold anything, strings too.
            ReadInterpolated();
            return "$";
        }

        _position++;
        return character.ToString();
    }

    private string ReadQuoted(char quote)
    {
        var value = new StringBuilder();
        for (_position++; _position < _text.Length && _text[_position] is not '\n'; _position++)
        {
            if (_text[_position] == quote)
            {
                _position++;
                break;
            }

            value.Append(_text[_position] == '\\' ? ReadEscape() : _text[_position].ToString());
        }

        return value.ToString();
    }

    /// <summary>The character of an escape; the position is left at its last character.</summary>
    private string ReadEscape()
    {
        _position++;
        char escape = _position < _text.Length ? _text[_position] : '\\';
        int digits = escape switch { 'u' => 4, 'U' => 8, 'x' => 4, _ => 0 };
        if (digits == 0)
        {
            return (escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', 'e' => '\u001B', _ => escape }).ToString();
        }

        int length = 0;
        while (length < digits && _position + 1 + length < _text.Length && char.IsAsciiHexDigit(_text[_position + 1 + length]))
            length++;
        int code = length == 0 ? 0 : (int)Math.Min(long.Parse(_text.AsSpan(_position + 1, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture), 0x110000);
        _position += length;
        return code < 0x10000 ? ((char)code).ToString() : code < 0x110000 ? char.ConvertFromUtf32(code) : "\uFFFD";
    }

    private string ReadVerbatim()
    {
        var value = new StringBuilder();
        for (_position++; _position < _text.Length; _position++)
        {
            if (_text[_position] == '"')
            {
                if (_position + 1 >= _text.Length || _text[_position + 1] != '"')
                {
                    _position++;
                    break;
                }

                _position++;
            }

            value.Append(_text[_position]);
        }

        return value.ToString();
    }

    /// <summary>A raw string; of one on several lines the names here have no use, so that its indentation stays.</summary>
    private string ReadRaw()
    {
        string quotes = ReadWhile(c => c == '"');
        int end = _text.IndexOf(quotes, _position, StringComparison.Ordinal);
        int stop = end < 0 ? _text.Length : end;
        string value = _text[_position..stop];
        _position = stop;
        ReadWhile(c => c == '"');
        return value;
    }

    private void ReadInterpolated()
    {
        ReadWhile(c => c == '$');
        bool isVerbatim = _position < _text.Length && _text[_position] == '@';
        if (isVerbatim)
            _position++;
        if (At("\"\"\""))
        {
            ReadRaw();
            return;
        }

        if (!At("\""))
            return;
        int depth = 0;
        for (_position++; _position < _text.Length; _position++)
        {
            char character = _text[_position];
            if (character == '{')
                depth++;
            else if (character == '}')
                depth = Math.Max(0, depth - 1);
            else if (character == '\\' && !isVerbatim && depth == 0)
                _position++;
            else if (character == '"' && depth == 0)
                break;
            else if (character == '\n' && !isVerbatim && depth == 0)
                return;
        }

        _position = Math.Min(_position + 1, _text.Length);
    }

    private string ReadWhile(Func<char, bool> belongs)
    {
        int start = _position;
        while (_position < _text.Length && belongs(_text[_position]))
            _position++;
        return _text[start.._position];
    }

    private bool At(string sign) => string.CompareOrdinal(_text, _position, sign, 0, sign.Length) == 0;

    private bool IsFirstOnLine()
    {
        int before = _position - 1;
        while (before >= 0 && _text[before] is ' ' or '\t')
            before--;
        return before < 0 || _text[before] == '\n';
    }

    private int End(int found) => found < 0 ? _text.Length : found;
}
