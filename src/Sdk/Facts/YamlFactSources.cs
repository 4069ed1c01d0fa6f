using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FineTune.Build.Facts;

/// <summary>
/// Finds what a recipe in YAML names: <c>model.base</c>, <c>data.train</c> (a path, or a list of paths and mappings) and <c>data.test</c>. Mistakes are the generator's to
/// tell; of a text that is no YAML, what comes before the mistake counts.
/// </summary>
internal sealed class YamlFactSources
{
    /// <summary>Deeper than any recipe; text that is deeper is not looked at.</summary>
    private const int MostLevels = 32;

    private readonly Parser _parser;
    private readonly List<FactSource> _found = [];

    private YamlFactSources(string yaml)
    {
        _parser = new Parser(new StringReader(yaml.TrimStart('\uFEFF')));
    }

    public static IReadOnlyList<FactSource> Find(string yaml)
    {
        var sources = new YamlFactSources(yaml);
        try
        {
            // The first document: stream start, document start, its root.
            if (sources._parser.MoveNext() && sources._parser.MoveNext() && sources._parser.MoveNext())
                sources.ReadNode("", level: 0);
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException)
        {
            // The compiler reports it with its place.
        }

        return sources._found;
    }

    /// <summary>Reads the node at which the parser stands, and leaves the parser at its end.</summary>
    private void ReadNode(string path, int level)
    {
        if (level == MostLevels)
            throw new InvalidOperationException("The text is nested too deeply.");

        switch (_parser.Current)
        {
            case Scalar { Value.Length: > 0 } scalar when path is "model.base" or "data.train" or "data.train.item" or "data.train.item.path" or "data.test":
                _found.Add(new FactSource(path == "model.base", scalar.Value));
                break;
            case MappingStart:
                while (_parser.MoveNext() && _parser.Current is not MappingEnd)
                {
                    string key = (_parser.Current as Scalar)?.Value ?? "?";
                    ReadNode("?", level + 1);
                    _parser.MoveNext();
                    ReadNode(path.Length == 0 ? key : path + "." + key, level + 1);
                }

                break;
            case SequenceStart:
                while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
                    ReadNode(path == "data.train" ? "data.train.item" : "?", level + 1);
                break;
        }
    }
}
