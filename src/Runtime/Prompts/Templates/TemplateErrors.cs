using System.Globalization;

namespace FineTune.Prompts.Templates;

/// <summary>Tells users what went wrong in a template.</summary>
internal static class TemplateErrors
{
    private static readonly object KindKey = typeof(TemplateErrorKind);

    private static readonly object LineKey = "line";

    public static FineTuneException Create(TemplateErrorKind kind, string message, string place, int line, Exception inner)
    {
        var (code, text) = kind switch
        {
            TemplateErrorKind.Syntax => ("FT5500", $"The chat template is not valid: {message}"),
            TemplateErrorKind.Raise => ("FT5501", $"The chat template refuses the conversation: {message}"),
            TemplateErrorKind.Undefined => ("FT5502", $"The chat template uses something that is not there: {message}. Give the message or the variable what the template reads."),
            TemplateErrorKind.Security => ("FT5503", $"The chat template may not do this: {message}"),
            TemplateErrorKind.Limit or TemplateErrorKind.Overflow or TemplateErrorKind.Recursion => ("FT5505", $"The chat template goes beyond what a template may use: {message}"),
            _ => ("FT5504", $"The chat template fails on the conversation: {message}"),
        };
        var exception = new FineTuneException(code, text, string.Create(CultureInfo.InvariantCulture, $"{place}:{line}"), inner);
        exception.Data[KindKey] = kind;
        exception.Data[LineKey] = line;
        return exception;
    }

    /// <summary>The kind and the line of an error of a template; <see langword="null"/> of others.</summary>
    public static (TemplateErrorKind Kind, int Line)? Of(FineTuneException exception) =>
        exception.Data[KindKey] is TemplateErrorKind kind ? (kind, (int)exception.Data[LineKey]!) : null;
}
