using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>The filters of texts.</summary>
internal static class TextFilters
{
    /// <summary>Changes a text and leaves it marked as HTML if it is.</summary>
    public static object Same(object? value, Func<string, string> change)
    {
        var text = PythonText.String(value);
        TemplateBudget.Text(text.Length);
        return value is Markup ? new Markup(change(text)) : change(text);
    }

    public static object Trim(TemplateRun run, object? value, Bound[] arguments)
    {
        var characters = arguments[0].Or(null);
        if (characters is not null && PythonTypes.TextOf(characters) is null)
            throw TemplateException.Type("strip arg must be None or str");
        var text = PythonText.String(value);
        var trimmed = PythonStrings.Strip(text, PythonTypes.TextOf(characters));
        if (value is Markup)
            return new Markup(trimmed);
        run.Captured?.Trim(text, trimmed);
        return trimmed;
    }

    public static object Replace(object? value, Bound[] arguments)
    {
        var count = arguments[2].Or(null) is { } given ? PythonNumbers.Whole(given) : -1;
        return PythonStrings.Replace(PythonText.String(value), PythonText.String(arguments[0].Value), PythonText.String(arguments[1].Value), count);
    }

    public static string Title(string text)
    {
        // Words begin behind white space and these; unlike str.title, not behind an apostrophe.
        var builder = new StringBuilder(text.Length);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsBoundary(text[i]))
                continue;
            if (i > start)
            {
                var first = char.IsHighSurrogate(text[start]) && i > start + 1 ? 2 : 1;
                builder.Append(PythonCase.Upper(text.Substring(start, first))).Append(PythonCase.Lower(text[(start + first)..i]));
            }

            if (i < text.Length)
                builder.Append(text[i]);
            start = i + 1;
        }

        return builder.ToString();

        static bool IsBoundary(char character) => character is '-' or '(' or '{' or '[' or '<' || PythonCharacters.IsSpace(character);
    }

    public static object? Format(object? value, TemplateArguments arguments)
    {
        if (arguments.Count > 0 && arguments.HasNamed)
            throw new TemplateException(TemplateErrorKind.Runtime, "can't handle positional and keyword arguments at the same time");
        object? values = arguments.HasNamed ? arguments.NamedCopy() : new TemplateTuple(arguments.Positional);
        return PythonOperators.Modulo(value is Markup ? value : PythonText.String(value), values);
    }

    public static object Indent(object? value, Bound[] arguments)
    {
        var indention = arguments[0].Or(4L) is var width && PythonTypes.TextOf(width) is { } given
            ? given
            : (string)PythonOperators.Multiply(" ", width)!;
        var text = PythonTypes.TextOf(PythonOperators.Add(value, "\n"))!;
        var lines = PythonStrings.Lines(text);
        TemplateBudget.Text(text.Length + (long)lines.Count * (indention.Length + 1));
        var blank = PythonIteration.IsTrue(arguments[2].Or(false));
        var result = string.Join('\n', lines.Select((line, index) => index > 0 && (blank || line.Length > 0) ? indention + line : line));
        if (PythonIteration.IsTrue(arguments[1].Or(false)))
            result = indention + result;
        return value is Markup ? new Markup(result) : result;
    }

    public static object? Truncate(object? value, Bound[] arguments)
    {
        var length = PythonNumbers.Operand(arguments[0].Or(255L));
        var end = PythonTypes.TextOf(arguments[2].Or("...")) ?? throw TemplateException.Type("the end of a truncated text is a text");
        var leeway = arguments[3].Or(null) is { } given ? PythonNumbers.Operand(given) : 5;
        var keep = length - PythonStrings.Length(end);
        if (keep < 0)
            throw TemplateException.Value($"expected length >= {PythonStrings.Length(end)}, got {length}");
        if (leeway < 0)
            throw TemplateException.Value($"expected leeway >= 0, got {leeway}");
        var size = PythonIteration.Length(value) ?? throw TemplateException.Type($"object of type '{PythonTypes.NameOf(value)}' has no len()");
        if (size <= length + leeway)
            return value;
        var text = PythonTypes.TextOf(value) ?? throw TemplateException.Type($"'{PythonTypes.NameOf(value)}' object cannot be truncated");
        var cut = PythonStrings.Slice(text, 0, (int)Math.Min(keep, size));
        if (!PythonIteration.IsTrue(arguments[1].Or(false)))
            cut = cut.LastIndexOf(' ') is var space and >= 0 ? cut[..space] : cut;
        return cut + end;
    }

    public static object WordCount(string text)
    {
        var (count, inWord) = (0L, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var word = PythonCharacters.IsWord(rune);
            count += word && !inWord ? 1 : 0;
            inWord = word;
        }

        return PythonNumbers.Box(count);
    }

    public static string ToJson(object? value, Bound[] arguments)
    {
        // A text alone is written without a look at what lists and dictionaries are written with.
        if (PythonTypes.TextOf(value) is { } alone && value is not Undefined && PythonIteration.Length(arguments[2].Or(null)) is null or 2)
            return JsonText.Write(alone, PythonIteration.IsTrue(arguments[0].Or(false)));
        var indent = arguments[1].Or(null) switch
        {
            null => null,
            string text => text,
            var width => PythonNumbers.Operand(width) is var count && count > 10_000
                ? throw TemplateException.Value("an indent of JSON is at most 10000 wide")
                : new string(' ', (int)Math.Max(0, count)),
        };
        (string, string)? separators = null;
        if (arguments[2].Or(null) is { } given)
        {
            var pair = PythonIteration.ToList(given);
            separators = pair is [var item, var key] && PythonTypes.TextOf(item) is { } between && PythonTypes.TextOf(key) is { } behind ? (between, behind) : throw TemplateException.Type("separators are two texts");
        }

        return JsonText.Write(value, PythonIteration.IsTrue(arguments[0].Or(false)), indent, separators, PythonIteration.IsTrue(arguments[3].Or(false)));
    }
}
