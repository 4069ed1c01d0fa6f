namespace FineTune.Keys;

/// <summary>Reads files and their weights: one path, or a list of paths and of <c>{ path: …, weight: … }</c>.</summary>
internal static class KeyFiles
{
    public const string Malformed = "FT1505";
    public const string BadWeight = "FT1506";
    public const string Repeated = "FT1507";

    private const string Example = "{ path: data/more.jsonl, weight: 0.5 }";

    /// <summary>The files as a value: a text where it is one file that is used once.</summary>
    public static KeyValue Value(IReadOnlyList<KeyFile> files) =>
        files.Count == 1 && files[0].Weight == 1 ? new KeyValue.Text(files[0].Path) : new KeyValue.Files(new(files));

    /// <summary>The files of a value.</summary>
    public static IReadOnlyList<KeyFile> Of(KeyValue? value) => value switch
    {
        KeyValue.Files files => files.Items,
        KeyValue.Text text => [new(text.Value)],
        _ => [],
    };

    /// <summary>Reads the form on one line, as <c>--set</c> takes it: a path, or a list in brackets.</summary>
    public static KeyParse Parse(Key key, string text)
    {
        if (text.Length < 2 || text[0] != '[' || text[text.Length - 1] != ']')
            return new KeyValue.Text(text);
        var files = new List<KeyFile>();
        foreach (var item in Split(text.Substring(1, text.Length - 2)))
        {
            var parse = item.Length > 1 && item[0] == '{' && item[item.Length - 1] == '}'
                ? ReadEntry(Pairs(item.Substring(1, item.Length - 2)), out var file)
                : ReadPath(item, out file);
            if (parse is not null)
                return parse;
            files.Add(file!);
        }

        return Check(key, files) is { } problem ? problem : Value(files);
    }

    /// <summary>Reads a path in a list.</summary>
    public static KeyProblem? ReadPath(string text, out KeyFile? file)
    {
        file = new(Unquote(text));
        return file.Path.Length > 0 && !file.Path.Any(char.IsControl) ? null : new(Malformed, $"A file is a path or {Example}, but this one is {KeyText.Quote(text)}.");
    }

    /// <summary>Reads a mapping in a list.</summary>
    public static KeyProblem? ReadEntry(IEnumerable<KeyValuePair<string, string>> pairs, out KeyFile? file)
    {
        file = null;
        string? path = null;
        var weight = 1.0;
        foreach (var pair in pairs)
        {
            if (pair.Key == "path" && pair.Value.Length > 0 && !pair.Value.Any(char.IsControl))
                path = pair.Value;
            else if (pair.Key == "weight" && CheckWeight(pair.Value, out weight) is { } problem)
                return problem;
            else if (pair.Key != "weight")
                return new(Malformed, pair.Key == "path" ? "The path is empty." : $"A file has no key {KeyText.Quote(pair.Key)}; it has path and weight, as in {Example}.");
        }

        if (path is null)
            return new(Malformed, $"The file has no path; write it as in {Example}.");
        file = new(path, weight);
        return null;
    }

    /// <summary>What is wrong with the files together.</summary>
    public static KeyProblem? Check(Key key, IReadOnlyList<KeyFile> files)
    {
        if (files.Count == 0)
            return new(KeyCodes.EmptyList, $"{KeyText.Name(key, KeySurface.Yaml)} is an empty list; name a file.");
        return files.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated
            ? new(Repeated, $"{KeyText.Quote(repeated.Key)} is named {repeated.Count()} times; name it once and give it a weight, as in {{ path: {YamlScalar.Write(repeated.Key)}, weight: {repeated.Count()} }}.")
            : null;
    }

    /// <summary>What is wrong with a weight.</summary>
    public static KeyProblem? CheckWeight(double weight) =>
        weight is > 0 and <= 1000 ? null : new(BadWeight, $"A weight must be above 0 and at most 1000, but is {NumberText.Write(weight)}; to leave a file out, remove it.");

    private static KeyProblem? CheckWeight(string text, out double weight) =>
        NumberText.TryRead(text, out weight) ? CheckWeight(weight) : new(BadWeight, $"A weight is a number, how often each row of the file is used in an epoch, but is {KeyText.Quote(text)}.");

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string text)
    {
        foreach (var item in Split(text))
        {
            var colon = item.IndexOf(": ", StringComparison.Ordinal);
            yield return colon < 0 ? new(item, "") : new(item.Substring(0, colon).Trim(), Unquote(item.Substring(colon + 1).Trim()));
        }
    }

    // At commas that are in neither braces nor quotes.
    private static IEnumerable<string> Split(string text)
    {
        var (start, depth, quoted) = (0, 0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                quoted = !quoted;
            depth += i == text.Length || quoted ? 0 : text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (i < text.Length && (text[i] != ',' || depth > 0 || quoted))
                continue;
            if (text.Substring(start, i - start).Trim() is { Length: > 0 } item)
                yield return item;
            start = i + 1;
        }
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] == '"' && text[text.Length - 1] == '"' ? text.Substring(1, text.Length - 2).Replace("\\\"", "\"").Replace("\\\\", "\\") : text;
}
