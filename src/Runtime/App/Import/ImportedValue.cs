using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>Reads values of configurations as those of keys.</summary>
internal static class ImportedValue
{
    /// <summary>The value; null where a key of this type has none such.</summary>
    public static KeyValue? Of(Key key, ConfigurationNode value)
    {
        switch (key.Type)
        {
            case KeyType.Integer when value.Number is { } number && number % 1 == 0 && Math.Abs(number) <= int.MaxValue:
                return new KeyValue.Integer((int)number);
            case KeyType.Number when value.Number is { } number:
                return new KeyValue.Number(number);
            case KeyType.Boolean when value.Text is not null:
                return new KeyValue.Boolean(value.IsTrue);
            case KeyType.Choice when value.Text is { } text:
                return new KeyValue.Text(Choice(key, text));
            case KeyType.Text or KeyType.Template or KeyType.Files when value.Text is { Length: > 0 } text && (key.Type == KeyType.Template || !text.Any(char.IsControl)):
                return new KeyValue.Text(text);
            case KeyType.ModuleList or KeyType.NameList when value.Names.Count > 0:
                return new KeyValue.List(new(value.Names));
            case KeyType.NumberMap when value.Entries.Count > 0:
                return KeyParser.ParseMap(key, value.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text))).Value;
            case KeyType.IntegerList when value.Names.Count > 0:
                return KeyParser.ParseList(key, value.Names).Value;
            case KeyType.Pattern when value.Text is { Length: > 0 } text:
                return KeyParser.Parse(key, text, quoted: true).Value;
            default:
                return null;
        }
    }

    /// <summary>The choice that a word of another tool means, or the word.</summary>
    public static string Choice(Key key, string text) =>
        key.Choices.FirstOrDefault(choice => choice.Synonyms.Append(choice.Name).Any(name => Suggestion.Same(name, text)))?.Name ?? text;
}
