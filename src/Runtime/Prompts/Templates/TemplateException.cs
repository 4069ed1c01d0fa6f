namespace FineTune.Prompts.Templates;

/// <summary>An error while a template runs; told to users as a <see cref="FineTuneException"/>.</summary>
internal sealed class TemplateException(TemplateErrorKind kind, string message) : Exception(message)
{
    public TemplateErrorKind Kind { get; } = kind;

    public static TemplateException Type(string message) => new(TemplateErrorKind.Type, message);

    public static TemplateException Value(string message) => new(TemplateErrorKind.Value, message);
}
