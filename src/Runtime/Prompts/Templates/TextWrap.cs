namespace FineTune.Prompts.Templates;

/// <summary>The filter <c>wordwrap</c>: Python's <c>textwrap</c> on each line of a text.</summary>
internal static class TextWrap
{
    public static string Wrap(object? value, Bound[] arguments)
    {
        var text = PythonTypes.TextOf(value) ?? throw (value is Undefined undefined
            ? undefined.Fail()
            : TemplateException.Type($"'{PythonTypes.NameOf(value)}' object has no attribute 'splitlines'"));
        var width = PythonNumbers.Operand(arguments[0].Or(79L));
        var breakWords = PythonIteration.IsTrue(arguments[1].Or(true));
        var newline = PythonTypes.TextOf(arguments[2].Or(null)) ?? "\n";
        var breakHyphens = PythonIteration.IsTrue(arguments[3].Or(true));
        if (width <= 0)
            throw TemplateException.Value($"invalid width {width} (must be > 0)");
        var lines = PythonStrings.Lines(text).Select(line => string.Join(newline, WrapLine(Chunks(line, breakHyphens), width, breakWords, breakHyphens)));
        var result = string.Join(newline, lines);
        TemplateBudget.Text(result.Length);
        return result;
    }

    private static List<string> WrapLine(Stack<string> chunks, long width, bool breakWords, bool breakHyphens)
    {
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            var line = new List<string>();
            var length = 0L;
            if (lines.Count > 0 && IsSpace(chunks.Peek()))
                chunks.Pop();
            while (chunks.Count > 0 && length + PythonStrings.Length(chunks.Peek()) <= width)
            {
                TemplateBudget.Step();
                line.Add(chunks.Pop());
                length += PythonStrings.Length(line[^1]);
            }

            if (chunks.Count > 0 && PythonStrings.Length(chunks.Peek()) > width)
                TakeLong(chunks, line, width - length, breakWords, breakHyphens);
            if (line.Count > 0 && IsSpace(line[^1]))
                line.RemoveAt(line.Count - 1);
            if (line.Count > 0)
                PythonStrings.AddPiece(lines, string.Concat(line));
        }

        return lines;
    }

    // A word that no line holds is broken, or has a line of its own.
    private static void TakeLong(Stack<string> chunks, List<string> line, long space, bool breakWords, bool breakHyphens)
    {
        if (breakWords)
        {
            var chunk = chunks.Pop();
            var fits = (int)space;
            var head = PythonStrings.Slice(chunk, 0, fits);
            // Behind the last hyphen that fits, unless there is nothing but hyphens before it.
            if (breakHyphens && head.LastIndexOf('-') is var hyphen and > 0 && head.AsSpan(0, hyphen).ContainsAnyExcept('-'))
                (head, fits) = (head[..(hyphen + 1)], PythonStrings.Index(head, hyphen + 1));
            line.Add(head);
            chunks.Push(PythonStrings.Slice(chunk, fits, PythonStrings.Length(chunk)));
        }
        else if (line.Count == 0)
        {
            line.Add(chunks.Pop());
        }
    }

    /// <summary>Words and white space, the first on top.</summary>
    private static Stack<string> Chunks(string text, bool breakHyphens)
    {
        var chunks = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var space = IsSpace(text[i]);
            while (i < text.Length && IsSpace(text[i]) == space)
            {
                i++;
                if (!space && breakHyphens && i > start + 1 && i < text.Length && BreaksAfter(text, i - 1))
                    break;
            }

            PythonStrings.AddPiece(chunks, text[start..i]);
        }

        return new Stack<string>(Enumerable.Reverse(chunks));
    }

    // Behind a hyphen with two letters, or a letter and a hyphen, before it, and two letters after it.
    private static bool BreaksAfter(string text, int at)
    {
        if (text[at] != '-' || at < 2 || !IsLetter(text, at - 1))
            return false;
        if (!IsLetter(text, at - 2) && !(text[at - 2] == '-' && IsLetter(text, at - 3)))
            return false;
        return IsLetter(text, at + 1) && (IsLetter(text, at + 2) || (at + 2 < text.Length && text[at + 2] == '-' && IsLetter(text, at + 3)));
    }

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetter(text[at]);

    private static bool IsSpace(string chunk) => chunk.Length > 0 && chunk.All(IsSpace);

    private static bool IsSpace(char character) => character is '\t' or '\n' or '\v' or '\f' or '\r' or ' ';
}
