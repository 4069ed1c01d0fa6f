using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>The names of Python's types, for messages and for <c>repr</c>.</summary>
internal static class PythonTypes
{
    public static string NameOf(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        Markup => "Markup",
        TemplateBytes => "bytes",
        TemplateList => "list",
        TemplateTuple => "tuple",
        TemplateDict => "dict",
        Undefined => "Undefined",
        TemplateObject other => other.TypeName,
        _ => "object",
    };

    /// <summary>How messages about missing attributes call a value.</summary>
    public static string Describe(object? value) => value is null ? "None" : $"{NameOf(value)} object";

    public static bool IsNumber(object? value) => value is long or double or bool or BigInteger;

    public static bool IsText(object? value) => value is string or Markup;

    /// <summary>The characters of a text or of a marked text.</summary>
    public static string? TextOf(object? value) => value switch
    {
        string text => text,
        Markup markup => markup.Text,
        _ => null,
    };
}
