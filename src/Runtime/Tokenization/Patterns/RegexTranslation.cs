using System.Buffers;
using System.Text;

namespace FineTune.Tokenization.Patterns;

/// <summary>Rewrites what Oniguruma writes otherwise than .NET.</summary>
internal static class RegexTranslation
{
    /// <summary>Alphabetic, Mark, Decimal_Number, Connector_Punctuation and the joiners: Oniguruma's <c>\w</c>.</summary>
    private const string WordSet = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u200C\u200D\u24B6-\u24E9";

    private static readonly SearchValues<char> RepetitionCharacters = SearchValues.Create("0123456789,");

    /// <summary>
    /// Possessive quantifiers (<c>X++</c>) become atomic groups, and <c>\w</c> gets its wider meaning. Scripts such as
    /// <c>\p{Han}</c>, which .NET does not know, stay and fail with a message when the expression is compiled.
    /// </summary>
    public static string FromOniguruma(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        var groups = new Stack<int>();
        var atom = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c is '*' or '+' or '?' or '{' && QuantifierLength(pattern, i) is > 0 and var length)
            {
                result.Append(pattern, i, length);
                i += length - 1;
                if (i + 1 < pattern.Length && pattern[i + 1] == '+')
                {
                    result.Insert(atom, "(?>").Append(')');
                    i++;
                }
                else if (i + 1 < pattern.Length && pattern[i + 1] == '?')
                {
                    result.Append('?');
                    i++;
                }

                continue;
            }

            if (c == ')')
            {
                atom = groups.Count > 0 ? groups.Pop() : result.Length;
                result.Append(c);
                continue;
            }

            atom = result.Length;
            switch (c)
            {
                case '(':
                    groups.Push(result.Length);
                    // "(?" is the start of a group, not a quantifier.
                    result.Append(c);
                    if (i + 1 < pattern.Length && pattern[i + 1] == '?')
                        result.Append(pattern[++i]);
                    break;
                case '[':
                    i = AppendClass(pattern, i, result);
                    break;
                case '\\' when i + 1 < pattern.Length:
                    i = AppendEscape(pattern, i, result, inClass: false);
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    private static int QuantifierLength(string pattern, int at)
    {
        if (pattern[at] != '{')
            return 1;
        var end = pattern.IndexOf('}', at);
        return end > at + 1 && !pattern.AsSpan(at + 1, end - at - 1).ContainsAnyExcept(RepetitionCharacters) ? end - at + 1 : 0;
    }

    private static int AppendClass(string pattern, int at, StringBuilder result)
    {
        result.Append('[');
        var first = true;
        for (var i = at + 1; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i = AppendEscape(pattern, i, result, inClass: true);
            }
            else if (c == ']' && !first)
            {
                result.Append(c);
                return i;
            }
            else
            {
                // An unescaped '[' is a nested class in Oniguruma and a literal in .NET; tokenizers write it as a literal.
                result.Append(c is '[' ? @"\[" : c.ToString());
            }

            first = first && c == '^';
        }

        return pattern.Length;
    }

    private static int AppendEscape(string pattern, int at, StringBuilder result, bool inClass)
    {
        switch (pattern[at + 1])
        {
            case 'w':
                result.Append(inClass ? WordSet : $"[{WordSet}]");
                return at + 1;
            case 'W' when !inClass:
                result.Append($"[^{WordSet}]");
                return at + 1;
            case 'p' or 'P' when at + 2 < pattern.Length && pattern[at + 2] == '{' && pattern.IndexOf('}', at) is > 0 and var end:
                result.Append(pattern, at, end - at + 1);
                return end;
            default:
                result.Append(pattern, at, 2);
                return at + 1;
        }
    }
}
