namespace FineTune.Keys;

/// <summary>Reads the values of keys from text.</summary>
internal static class KeyParser
{
    /// <summary>Reads a scalar.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The scalar's text.</param>
    /// <param name="quoted">Whether it is in quotes or in a block, and so is text whatever it looks like.</param>
    public static KeyParse Parse(Key key, string text, bool quoted)
    {
        if (!quoted && text is "null" or "~" or "Null" or "NULL" or "None")
            return key.Default is null && !key.Required && text is "null" or "~" ? KeyParse.None : NoValue(key, $"{KeyText.Quote(text)}");
        if (key.Type == KeyType.NumberMap)
            return ParseMap(key, MapText.Split(text));
        if (key.Type is KeyType.ChoiceList or KeyType.ModuleList or KeyType.NameList or KeyType.IntegerList)
            return ParseList(key, Unwrap(text).Split(',').Select(item => item.Trim()));
        if (text.Length == 0)
            return quoted ? Wrong(key, "empty") : NoValue(key, "given no value");
        if (quoted && key.Type is KeyType.Integer or KeyType.Number or KeyType.Boolean)
            return Quoted(key, text);

        var parse = ParseScalar(key, text, quoted);
        return parse.Value is { } value && KeyChecker.Check(key, value, KeySurface.Yaml) is { } problem ? problem : parse;
    }

    /// <summary>Reads a list, given its items or <c>--set</c>'s comma-separated form.</summary>
    public static KeyParse ParseList(Key key, IEnumerable<string> items)
    {
        if (key.Type == KeyType.IntegerList)
            return ParseIntegers(key, items);
        if (key.Type == KeyType.NumberMap)
            return ParseMap(key, items.SelectMany(MapText.Split));
        if (key.Type is not (KeyType.ChoiceList or KeyType.ModuleList or KeyType.NameList))
            return NotOneValue(key, "a list");
        var value = new KeyValue.List(new(items));
        return KeyChecker.Check(key, value, KeySurface.Yaml) is { } problem ? problem : value;
    }

    /// <summary>Reads a mapping, given its entries; <see langword="null"/> is a value that is missing or no scalar.</summary>
    public static KeyParse ParseMap(Key key, IEnumerable<KeyValuePair<string, string?>> entries)
    {
        var numbers = new List<NamedNumber>();
        foreach (var entry in entries)
        {
            if (entry.Value is null || !NumberText.TryRead(entry.Value, out double number))
                return Wrong(key, entry.Value is null ? $"{KeyText.Quote(entry.Key)} without a number" : $"{KeyText.Quote(entry.Value)} for {KeyText.Quote(entry.Key)}");
            numbers.Add(new(entry.Key, number));
        }

        var value = new KeyValue.Map(new(numbers));
        return KeyChecker.Check(key, value, KeySurface.Yaml) is { } problem ? problem : value;
    }

    private static KeyParse ParseIntegers(Key key, IEnumerable<string> items)
    {
        var integers = new List<int>();
        foreach (var item in items)
        {
            if (!NumberText.TryRead(item, out int integer))
                return Wrong(key, $"a list with {KeyText.Quote(item)}");
            integers.Add(integer);
        }

        var value = new KeyValue.Integers(new(integers));
        return KeyChecker.Check(key, value, KeySurface.Yaml) is { } problem ? problem : value;
    }

    /// <summary>The mistake of a value of the wrong type.</summary>
    public static KeyProblem Wrong(Key key, string found) =>
        new(KeyCodes.WrongType, $"{KeyText.Name(key, KeySurface.Yaml)} must be {Expected(key)}, but is {found}.");

    // The list's brackets may be there on a command line; in YAML they have made a list of it.
    private static string Unwrap(string text) =>
        text.Length >= 2 && text[0] == '[' && text[text.Length - 1] == ']' ? text.Substring(1, text.Length - 2) : text;

    /// <summary>The mistake of a list or a mapping in place of one value.</summary>
    public static KeyProblem NotOneValue(Key key, string found) =>
        new(KeyCodes.NotOneValue, $"{KeyText.Name(key, KeySurface.Yaml)} must be {Expected(key)}, but is {found}; write one value.");

    /// <summary>The mistake of a text on one line that has a control character.</summary>
    public static KeyProblem ControlCharacter(Key key, string text, KeySurface surface)
    {
        var character = text.First(char.IsControl);
        var found = character switch { '\t' => "a tab", '\n' or '\r' => "a line break", _ => $"the control character U+{(int)character:X4}" };
        return new(
            KeyCodes.ControlCharacter,
            $"{KeyText.Name(key, surface)} must be a text on one line, but has {found}, as of an escape such as '\\t' in 'data\\train.jsonl'; write '/' between folders.");
    }

    private static KeyProblem NoValue(Key key, string found)
    {
        var advice = key.Required ? "write one" : key.Default is null ? $"leave the key out where you have none ({key.Absent})" : $"leave the key out for its default, {key.Default.ToYaml()}";
        return new(KeyCodes.NoValue, $"{KeyText.Name(key, KeySurface.Yaml)} must be {Expected(key)}, but is {found}; {advice}.");
    }

    private static KeyProblem Quoted(Key key, string text) =>
        ParseScalar(key, text, quoted: true) is { Value: not null }
            ? new(KeyCodes.QuotedValue, $"{KeyText.Name(key, KeySurface.Yaml)} must be {Expected(key)}, but is the text {KeyText.Quote(text)}; write it without quotes.")
            : Wrong(key, $"the text {KeyText.Quote(text)}");

    private static KeyParse ParseScalar(Key key, string text, bool quoted) => key.Type switch
    {
        KeyType.Integer or KeyType.Number when ScalarForms.LeadingZero(key, text) is { } octal => octal,
        KeyType.Integer when NumberText.TryRead(text, out int integer) => new KeyValue.Integer(integer),
        KeyType.Number when NumberText.TryRead(text, out double number) => new KeyValue.Number(number),
        KeyType.Integer => ScalarForms.Integer(key, text),
        KeyType.Number => ScalarForms.Number(key, text),
        KeyType.Boolean => text is "true" or "false" ? new KeyValue.Boolean(text == "true") : ScalarForms.Boolean(key, text),
        KeyType.Text or KeyType.Files when text.Any(char.IsControl) => ControlCharacter(key, text, KeySurface.Yaml),
        KeyType.Files when !quoted => KeyFiles.Parse(key, text),
        _ => new KeyValue.Text(text),
    };

    private static string Expected(Key key) => key.Type switch
    {
        KeyType.Integer => "an integer",
        KeyType.Number => "a number",
        KeyType.Boolean => "true or false",
        KeyType.Choice => KeyText.Alternatives(key.Choices.Select(choice => choice.Name)),
        KeyType.ChoiceList => "a list of " + KeyText.Alternatives(key.Choices.Select(choice => choice.Name)),
        KeyType.NameList => "a list of names",
        KeyType.IntegerList => "a list of integers",
        KeyType.NumberMap => "a mapping of names to numbers",
        KeyType.Pattern => "a regular expression",
        KeyType.ModuleList => $"{ModuleNames.AllLinear} or a list of module names",
        KeyType.Template => "a prompt template",
        KeyType.Files => "a path or a list of paths",
        _ => "a text",
    };
}
