using System.Text;
using System.Text.RegularExpressions;
using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>
/// Surrogates by escapes (<c>'\ud83d'</c>): each is a character of its own in Python, so that a code point of private use stands for it
/// until a text is shown. Only renderings that have such characters look for them: in others these code points are what they are.
/// </summary>
internal static partial class PythonSurrogates
{
    private const char First = '\ud800';
    private const int Count = 0x800;

    [ThreadStatic]
    private static bool _used;

    /// <summary>Begins a rendering.</summary>
    /// <param name="used">Whether the template has such escapes.</param>
    public static void Start(bool used) => _used = used;

    /// <summary>Whether a template's text has escapes of surrogates.</summary>
    public static bool HasEscapes(string source) => source.Contains('\\') && Escape().IsMatch(source);

    /// <summary>The character of a code point, which may be a surrogate.</summary>
    public static string Character(int code)
    {
        if (code is < First or >= First + Count)
            return char.ConvertFromUtf32(code);
        _used = true;
        return char.ConvertFromUtf32(code - First + StringEscapes.SurrogateStandIn);
    }

    /// <summary>The surrogate that a character stands for; <see langword="null"/> if it is another one.</summary>
    public static char? Of(Rune rune) => _used && rune.Value - StringEscapes.SurrogateStandIn is >= 0 and < Count and var offset ? (char)(First + offset) : null;

    /// <summary>Whether a text has surrogates, which have no encoding.</summary>
    public static bool IsIn(string text) => _used && text.EnumerateRunes().Any(rune => Of(rune) is not null);

    /// <summary>A text as it is shown: with the surrogates themselves.</summary>
    public static string Show(string text) => IsIn(text) ? Show(text, []) : text;

    /// <summary>An output as it is shown, its spans at where they are then.</summary>
    public static TemplateOutput Show(TemplateOutput output)
    {
        if (!IsIn(output.Text))
            return output;
        var places = new List<int>();
        var text = Show(output.Text, places);
        return output with { Text = text, Spans = [.. output.Spans.Select(span => new TrainedSpan(Shown(span.Start), Shown(span.End)))] };

        // Each surrogate before it is one unit shorter.
        int Shown(int offset) => offset - (places.BinarySearch(offset) is var at && at < 0 ? ~at : at);
    }

    private static string Show(string text, List<int> places)
    {
        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || Of(rune) is not { } surrogate)
            {
                shown.Append(text[i]);
                continue;
            }

            shown.Append(surrogate);
            places.Add(i++);
        }

        return shown.ToString();
    }

    [GeneratedRegex(@"\\(u|U0000)d[89a-f]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
