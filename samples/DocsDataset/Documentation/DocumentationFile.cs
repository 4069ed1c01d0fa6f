using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DocsDataset.Documentation;

/// <summary>Reads the documentation file beside a reference assembly.</summary>
internal static class DocumentationFile
{
    /// <summary>The members it documents: id and element, in the file's order.</summary>
    /// <exception cref="DatasetException">The file is not well-formed XML.</exception>
    public static IEnumerable<(string Id, XElement Element)> Read(string path)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings { IgnoreComments = true, IgnoreProcessingInstructions = true });
        while (Next(reader, path) is { } member)
        {
            if ((string?)member.Attribute("name") is { } id)
                yield return (id, member);
        }
    }

    // An iterator cannot yield inside a try block with a catch clause, so one step is a method of its own.
    private static XElement? Next(XmlReader reader, string path)
    {
        try
        {
            while (reader.NodeType != XmlNodeType.Element || reader.LocalName != "member")
            {
                if (!reader.Read())
                    return null;
            }

            return (XElement)XNode.ReadFrom(reader);
        }
        catch (XmlException exception)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}({exception.LineNumber},{exception.LinePosition})");
            throw new DatasetException(
                place, "DOCS0001", $"The documentation file is not well-formed XML: {exception.Message} Reinstall the .NET SDK that this reference pack belongs to.");
        }
    }
}
