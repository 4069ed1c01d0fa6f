using FineTune.Keys;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Reading;

/// <summary>Reads an item of a list of files.</summary>
internal static class YamlFileReader
{
    /// <summary>Reads an item.</summary>
    /// <param name="item">A path, or a mapping.</param>
    /// <param name="file">The file.</param>
    /// <param name="span">Where a mistake is.</param>
    public static KeyProblem? Read(YamlNode item, out KeyFile? file, out TextSpan span)
    {
        file = null;
        span = item.Span;
        if (item is YamlText text)
            return KeyFiles.ReadPath(text.Value, out file);
        if (item is not YamlMap map)
            return new(KeyFiles.Malformed, $"A file is a path, or a mapping of path and weight, but this one is {item.Description}.");
        foreach (var entry in map.Entries)
        {
            span = entry.Value is YamlText { Span.IsEmpty: false } ? entry.Value.Span : entry.Key.Span;
            if (entry.Value is not YamlText value)
                return new(KeyFiles.Malformed, $"The {KeyText.Quote(entry.Key.Value)} of a file is {entry.Value.Description}; write one value.");
            // Each entry by itself first, so that its mistake is at its place.
            if (KeyFiles.ReadEntry([new("path", "x"), new(entry.Key.Value, value.Value)], out _) is { } problem)
            {
                span = problem.Code == KeyFiles.Malformed ? entry.Key.Span : span;
                return problem;
            }
        }

        span = map.Entries.Count > 0 ? map.Entries[0].Key.Span : item.Span;
        return KeyFiles.ReadEntry(map.Entries.Select(entry => new KeyValuePair<string, string>(entry.Key.Value, ((YamlText)entry.Value).Value)), out file);
    }
}
