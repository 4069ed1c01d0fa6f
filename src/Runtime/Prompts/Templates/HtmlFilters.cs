using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FineTune.Prompts.Templates;

/// <summary>The filters of HTML and URLs.</summary>
internal static partial class HtmlFilters
{
    private const string UrlCharacters = "-._~";

    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\n\r\f\v/>=");

    public static string StripTags(string text)
    {
        TemplateBudget.Text(text.Length * 2L);
        var builder = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] != '<' ? -1
                : string.CompareOrdinal(text, i, "<!--", 0, 4) == 0 ? EndOf(text, "-->", i)
                : EndOf(text, ">", i);
            if (end < 0)
                builder.Append(text[i]);
            else
                i = end - 1;
        }

        var words = StringSplitting.Split(builder.ToString(), null, -1);
        return WebUtility.HtmlDecode(string.Join(' ', words));
    }

    public static string UrlEncode(object? value)
    {
        if (PythonTypes.TextOf(value) is { } text)
            return Quote(text, query: false);
        if (!PythonIteration.IsIterable(value))
            return Quote(PythonText.String(value), query: false);
        var pairs = value is TemplateDict dict
            ? dict.Entries.Select(entry => (entry.Key, entry.Value))
            : PythonIteration.ToList(value).Select(item => PythonIteration.ToList(item) is [var key, var other]
                ? (Key: key, Value: other)
                : throw TemplateException.Value("pairs of a name and a value are expected"));
        return string.Join('&', pairs.Select(pair => $"{Quote(PythonText.String(pair.Key), query: true)}={Quote(PythonText.String(pair.Value), query: true)}"));
    }

    public static object XmlAttributes(TemplateRun run, object? value, Bound[] arguments)
    {
        if (value is not TemplateDict dict)
            throw value is Undefined undefined ? undefined.Fail() : TemplateException.Type($"'{PythonTypes.NameOf(value)}' object has no attribute 'items'");
        var items = new List<string>();
        foreach (var (key, item) in dict.Entries)
        {
            TemplateBudget.Step();
            if (item is null or Undefined)
                continue;
            var name = PythonTypes.TextOf(key) ?? throw TemplateException.Type("the name of an attribute is a text");
            if (name.AsSpan().ContainsAny(NotInNames))
                throw TemplateException.Value($"Invalid character in attribute name: {PythonText.Quote(name)}");
            items.Add($"{PythonMarkup.Escape(key).Text}=\"{PythonMarkup.Escape(item).Text}\"");
        }

        var text = string.Join(' ', items);
        if (text.Length > 0 && PythonIteration.IsTrue(arguments[0].Or(true)))
            text = " " + text;
        return run.Escapes ? new Markup(text) : text;
    }

    public static object Urlize(TemplateRun run, object? value, Bound[] arguments)
    {
        var limit = arguments[0].Or(null) is { } given ? PythonNumbers.Operand(given) : long.MaxValue;
        var relations = (PythonTypes.TextOf(arguments[3].Or(null)) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Append("noopener").ToHashSet();
        if (PythonIteration.IsTrue(arguments[1].Or(false)))
            relations.Add("nofollow");
        var target = PythonTypes.TextOf(arguments[2].Or(null));
        var attributes = $" rel=\"{PythonMarkup.EscapeText(string.Join(' ', relations.Order(StringComparer.Ordinal)))}\""
            + (target is null ? "" : $" target=\"{PythonMarkup.EscapeText(target)}\"");
        var text = PythonMarkup.Escape(value).Text;
        TemplateBudget.Text(text.Length * 4L);
        var result = Words().Replace(text, match => Link(match.Value, limit, attributes));
        return run.Escapes ? new Markup(result) : result;
    }

    private static string Link(string word, long limit, string attributes)
    {
        var head = Opening().Match(word).Value;
        var middle = word[head.Length..];
        var tail = Closing().Match(middle).Value;
        middle = middle[..(middle.Length - tail.Length)];
        // A closing bracket that was opened within the address belongs to it.
        foreach (var (open, close) in new[] { ("(", ")"), ("<", ">"), ("&lt;", "&gt;") })
        {
            while (Count(middle, open) > Count(middle, close) && tail.IndexOf(close, StringComparison.Ordinal) is var at and >= 0)
                (middle, tail) = (middle + tail[..(at + close.Length)], tail[(at + close.Length)..]);
        }

        var shown = middle.Length > limit ? middle[..(int)Math.Max(0, limit)] + "..." : middle;
        if (Address().IsMatch(middle))
            middle = $"<a href=\"{(middle.StartsWith("http", StringComparison.Ordinal) ? "" : "https://")}{middle}\"{attributes}>{shown}</a>";
        else if (Mail().IsMatch(middle))
            middle = $"<a href=\"mailto:{(middle.StartsWith("mailto:", StringComparison.Ordinal) ? middle[7..] : middle)}\">{middle.Replace("mailto:", "")}</a>";
        return head + middle + tail;
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "").Length) / part.Length;

    private static int EndOf(string text, string mark, int from) =>
        text.IndexOf(mark, from, StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : -1;

    private static string Quote(string text, bool query)
    {
        TemplateBudget.Text(text.Length * 3L);
        if (PythonSurrogates.IsIn(text))
            throw TemplateException.Value("the text has surrogates, which have no encoding");
        var builder = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || UrlCharacters.Contains((char)value) || (value == '/' && !query))
                builder.Append((char)value);
            else if (value == ' ' && query)
                builder.Append('+');
            else
                builder.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return builder.ToString();
    }

    [GeneratedRegex(@"\S+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(@"^([(<]|&lt;)+", RegexOptions.NonBacktracking)]
    private static partial Regex Opening();

    [GeneratedRegex(@"([)>.,\n]|&gt;)+$", RegexOptions.NonBacktracking)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^((https?://|www\.)(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)|(https?://)((([\d]{1,3})(\.[\d]{1,3}){3})|(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}\])))(:[\d]{1,5})?([/?#]\S*)?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(mailto:)?[^@\s]+@\w[\w.-]*\.\w+$", RegexOptions.NonBacktracking)]
    private static partial Regex Mail();
}
