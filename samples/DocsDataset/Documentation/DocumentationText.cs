using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DocsDataset.Documentation;

/// <summary>Renders documentation elements as plain text on one line.</summary>
internal sealed partial class DocumentationText(ReferenceNames names)
{
    /// <summary>The text of an element's content; empty for <see langword="null"/>.</summary>
    public string Render(XElement? element)
    {
        if (element is null)
            return "";
        var text = new StringBuilder();
        Append(element, text);
        // Some writers put a type's metadata name into the text: List`1.
        return Arity().Replace(Whitespace().Replace(text.ToString(), " "), "").Trim();
    }

    private void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText literal)
                text.Append(literal.Value);
            else if (node is XElement child)
                AppendElement(child, text);
        }
    }

    private void AppendElement(XElement element, StringBuilder text)
    {
        switch (element.Name.LocalName)
        {
            case "see" or "seealso" or "xref" or "a":
                AppendReference(element, text);
                break;
            case "paramref" or "typeparamref":
                text.Append((string?)element.Attribute("name"));
                break;
            case "sup":
                text.Append('^');
                Append(element, text);
                break;
            case "term":
                Append(element, text);
                text.Append(": ");
                break;
            case "para" or "p" or "br" or "list" or "item" or "description" or "li" or "ul" or "div" or "code":
                text.Append(' ');
                Append(element, text);
                text.Append(' ');
                break;
            default:
                Append(element, text);
                break;
        }
    }

    private void AppendReference(XElement element, StringBuilder text)
    {
        if (!element.IsEmpty && element.Nodes().Any())
            Append(element, text);
        else if ((string?)element.Attribute("langword") is { } keyword)
            text.Append(keyword);
        else if (((string?)element.Attribute("cref") ?? (string?)element.Attribute("uid")) is { } reference)
            text.Append(names.Of(reference));
        else
            text.Append((string?)element.Attribute("href"));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"(?<=\w)`\d+\b")]
    private static partial Regex Arity();
}
