namespace FineTune.Prompts.Templates;

/// <summary>Escaping of HTML, which autoescaping and the filter <c>escape</c> do.</summary>
internal static class PythonMarkup
{
    /// <summary>A text with the characters of HTML escaped, unless it is marked as HTML.</summary>
    public static Markup Escape(object? value) => value as Markup ?? new Markup(EscapeText(PythonText.String(value)));

    public static string EscapeText(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>'\"") < 0)
            return text;
        var escaped = text.Sum(character => character switch { '&' or '\'' or '"' => 5L, '<' or '>' => 4, _ => 1 });
        TemplateBudget.Text(escaped);
        return text.Replace("&", "&amp;").Replace(">", "&gt;").Replace("<", "&lt;").Replace("'", "&#39;").Replace("\"", "&#34;");
    }

    /// <summary>Texts within a formatted one; numbers stay as they are.</summary>
    public static object? EscapeValue(object? value) => PythonTypes.IsNumber(value) ? value : Escape(value).Text;

    public static Markup Add(object? left, object? right)
    {
        if ((left is not Markup && left is not string) || (right is not Markup && right is not string))
            throw TemplateException.Type($"unsupported operand type(s) for +: '{PythonTypes.NameOf(left)}' and '{PythonTypes.NameOf(right)}'");
        var (first, second) = (Escape(left).Text, Escape(right).Text);
        TemplateBudget.Text((long)first.Length + second.Length);
        return new Markup(first + second);
    }
}
