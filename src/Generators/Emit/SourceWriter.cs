using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Emit;

/// <summary>Writes C# with indentation and <c>\n</c> line ends. Text from outside reaches code only through <see cref="Literal"/>.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _source = new();
    private int _depth;

    /// <summary>A string literal with this value, on one line.</summary>
    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>Text within an XML comment, on one line.</summary>
    public static string Comment(string text) =>
        new string([.. text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)])
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    public SourceWriter Line(string text = "")
    {
        if (text.Length > 0)
            _source.Append(' ', _depth * 4).Append(text);
        _source.Append('\n');
        return this;
    }

    /// <summary>Writes lines within braces.</summary>
    /// <param name="content">Writes the lines.</param>
    /// <param name="end">What follows the closing brace.</param>
    public SourceWriter Block(Action content, string end = "")
    {
        Line("{");
        Indented(content);
        return Line("}" + end);
    }

    public void Indented(Action content)
    {
        _depth++;
        content();
        _depth--;
    }

    public override string ToString() => _source.ToString();
}
