using System.Xml.Linq;

namespace DocsDataset.Documentation;

/// <summary>Turns the elements of a member into plain text.</summary>
internal sealed class MemberDocumentationReader(ReferenceNames names)
{
    private readonly DocumentationText _text = new(names);

    public MemberDocumentation Read(XElement member) => new(
        _text.Render(member.Element("summary")),
        Named(member, "typeparam", element => (string?)element.Attribute("name")),
        Named(member, "param", element => (string?)element.Attribute("name")),
        _text.Render(member.Element("returns") ?? member.Element("value")),
        Named(member, "exception", element => names.Of((string?)element.Attribute("cref") ?? "")),
        _text.Render(member.Element("remarks")));

    private List<(string Name, string Text)> Named(XElement member, string element, Func<XElement, string?> name) =>
    [
        .. member.Elements(element)
            .Select(found => (Name: name(found) ?? "", Text: _text.Render(found)))
            .Where(found => found.Name.Length > 0 && found.Text.Length > 0),
    ];
}
