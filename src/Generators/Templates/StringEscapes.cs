using System.Text;

namespace FineTune.Templates;

/// <summary>The escapes of string literals, which are Python's.</summary>
internal static class StringEscapes
{
    /// <summary>
    /// The code point that stands for an escape of the first surrogate, others behind it. In Python a surrogate is a character of its own;
    /// here two would become one character. Whoever shows a text turns them back.
    /// </summary>
    public const int SurrogateStandIn = 0x10f000;

    public static string Decode(string text, int line)
    {
        if (text.IndexOf('\\') < 0)
            return text;
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
                builder.Append(text[i]);
            else if (i + 1 < text.Length)
                i = DecodeOne(builder, text, i + 1, line);
            else
                throw new TemplateSyntaxException("\\ at end of string", line);
        }

        return builder.ToString();
    }

    /// <summary>Decodes what follows a backslash; returns the index of its last character.</summary>
    private static int DecodeOne(StringBuilder builder, string text, int at, int line)
    {
        var character = text[at];
        switch (character)
        {
            case '\n': return at;
            case '\\' or '\'' or '"': builder.Append(character); return at;
            case 'a': builder.Append('\a'); return at;
            case 'b': builder.Append('\b'); return at;
            case 'f': builder.Append('\f'); return at;
            case 'n': builder.Append('\n'); return at;
            case 'r': builder.Append('\r'); return at;
            case 't': builder.Append('\t'); return at;
            case 'v': builder.Append('\v'); return at;
            case 'x': return DecodeHexadecimal(builder, text, at, 2, line);
            case 'u': return DecodeHexadecimal(builder, text, at, 4, line);
            case 'U': return DecodeHexadecimal(builder, text, at, 8, line);
            case 'N': throw new TemplateSyntaxException("characters by name (\\N{...}) are not supported; write the character itself", line);
            case >= '0' and <= '7': return DecodeOctal(builder, text, at);
            case > '\x7f': return DecodeQuirk(builder, text, at);
            default: builder.Append('\\').Append(character); return at;
        }
    }

    private static int DecodeHexadecimal(StringBuilder builder, string text, int at, int digits, int line)
    {
        var code = 0L;
        for (var i = at + 1; i <= at + digits; i++)
        {
            var digit = i < text.Length ? "0123456789abcdef".IndexOf(char.ToLowerInvariant(text[i])) : -1;
            if (digit < 0)
                throw new TemplateSyntaxException($"truncated \\{text[at]}{new string('X', digits)} escape", line);
            code = code * 16 + digit;
        }

        if (code > 0x10ffff)
            throw new TemplateSyntaxException("illegal Unicode character", line);
        if (code is >= 0xd800 and < 0xe000)
            builder.Append(char.ConvertFromUtf32((int)code - 0xd800 + SurrogateStandIn));
        else if (code < 0x10000)
            builder.Append((char)code);
        else
            builder.Append(char.ConvertFromUtf32((int)code));
        return at + digits;
    }

    private static int DecodeOctal(StringBuilder builder, string text, int at)
    {
        var code = 0;
        var end = at;
        while (end < text.Length && end < at + 3 && text[end] is >= '0' and <= '7')
            code = code * 8 + (text[end++] - '0');
        builder.Append((char)code);
        return end - 1;
    }

    // The reference writes the character as an escape before it decodes escapes: the backslash before it takes that escape's.
    private static int DecodeQuirk(StringBuilder builder, string text, int at)
    {
        var pair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        var code = pair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        builder.Append('\\').Append(code < 0x100 ? $"x{code:x2}" : code < 0x10000 ? $"u{code:x4}" : $"U{code:x8}");
        return pair ? at + 1 : at;
    }
}
