namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>split</c>, <c>rsplit</c> and <c>partition</c>.</summary>
internal static class StringSplitting
{
    /// <summary>Splits from the left.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">What separates the pieces; <see langword="null"/>: white space, however much.</param>
    /// <param name="most">The most splits; negative: any number.</param>
    public static List<string> Split(string text, string? separator, long most)
    {
        TemplateBudget.Text(text.Length);
        if (separator is null)
            return SplitSpace(text, most);
        if (separator.Length == 0)
            throw TemplateException.Value("empty separator");
        var pieces = new List<string>();
        var start = 0;
        while (most < 0 || pieces.Count < most)
        {
            var at = text.IndexOf(separator, start, StringComparison.Ordinal);
            if (at < 0)
                break;
            PythonStrings.AddPiece(pieces, text[start..at]);
            start = at + separator.Length;
        }

        PythonStrings.AddPiece(pieces, text[start..]);
        return pieces;
    }

    /// <summary>Splits from the right.</summary>
    public static List<string> SplitRight(string text, string? separator, long most)
    {
        TemplateBudget.Text(text.Length);
        if (separator is null)
            return SplitSpaceRight(text, most);
        if (separator.Length == 0)
            throw TemplateException.Value("empty separator");
        var pieces = new List<string>();
        var end = text.Length;
        while (most < 0 || pieces.Count < most)
        {
            var at = LastIndex(text, separator, end);
            if (at < 0)
                break;
            PythonStrings.AddPiece(pieces, text[(at + separator.Length)..end]);
            end = at;
        }

        PythonStrings.AddPiece(pieces, text[..end]);
        pieces.Reverse();
        return pieces;
    }

    public static TemplateTuple Partition(string text, string separator, bool right)
    {
        if (separator.Length == 0)
            throw TemplateException.Value("empty separator");
        TemplateBudget.Text(text.Length);
        var at = right ? LastIndex(text, separator, text.Length) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at >= 0)
            return new TemplateTuple(text[..at], separator, text[(at + separator.Length)..]);
        return right ? new TemplateTuple("", "", text) : new TemplateTuple(text, "", "");
    }

    /// <summary>Where a part that ends at or before an offset begins, as far right as possible; −1 if nowhere.</summary>
    public static int LastIndex(string text, string part, int end)
    {
        if (part.Length > end)
            return -1;
        return text.AsSpan(0, end).LastIndexOf(part, StringComparison.Ordinal);
    }

    private static List<string> SplitSpace(string text, long most)
    {
        var pieces = new List<string>();
        var i = 0;
        while (true)
        {
            while (i < text.Length && PythonCharacters.IsSpace(text[i]))
                i++;
            if (i >= text.Length)
                return pieces;
            if (most >= 0 && pieces.Count >= most)
            {
                PythonStrings.AddPiece(pieces, PythonStrings.Strip(text[i..], null, start: false));
                return pieces;
            }

            var start = i;
            while (i < text.Length && !PythonCharacters.IsSpace(text[i]))
                i++;
            PythonStrings.AddPiece(pieces, text[start..i]);
        }
    }

    private static List<string> SplitSpaceRight(string text, long most)
    {
        var pieces = new List<string>();
        var i = text.Length;
        while (true)
        {
            while (i > 0 && PythonCharacters.IsSpace(text[i - 1]))
                i--;
            if (i == 0)
                break;
            if (most >= 0 && pieces.Count >= most)
            {
                PythonStrings.AddPiece(pieces, PythonStrings.Strip(text[..i], null, end: false));
                break;
            }

            var end = i;
            while (i > 0 && !PythonCharacters.IsSpace(text[i - 1]))
                i--;
            PythonStrings.AddPiece(pieces, text[i..end]);
        }

        pieces.Reverse();
        return pieces;
    }
}
