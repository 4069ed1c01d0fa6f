using FineTune.Foreign;

namespace FineTune.Keys;

/// <summary>Checks a value against its key's range and choices.</summary>
internal static class KeyChecker
{
    public static KeyProblem? Check(Key key, KeyValue value, KeySurface surface) => value switch
    {
        KeyValue.Integer integer => CheckRange(key, integer.Value, surface),
        KeyValue.Number number => CheckRange(key, number.Value, surface),
        KeyValue.Text text when key.Type == KeyType.Choice => CheckChoice(key, text.Value, surface),
        KeyValue.Text text when key.Type == KeyType.Pattern => Patterns.Check(key, text.Value, surface),
        KeyValue.Integers integers => CheckIntegers(key, integers.Items, surface),
        KeyValue.Map map => CheckMap(key, map.Entries, surface),
        KeyValue.List list => CheckList(key, list.Items, surface),
        _ => null,
    };

    /// <summary>Checks one item of a list.</summary>
    public static KeyProblem? CheckItem(Key key, string item, KeySurface surface) =>
        item.Length == 0
            ? new(KeyCodes.WrongType, $"{KeyText.Name(key, surface)} has an empty item; remove it.")
            : key.Type is KeyType.NameList or KeyType.ModuleList ? null : CheckChoice(key, item, surface);

    private static KeyProblem? CheckRange(Key key, double value, KeySurface surface) =>
        key.Range is not null && !key.Range.Contains(value)
            ? new(KeyCodes.OutOfRange, $"{KeyText.Name(key, surface)} must be {key.Range.Describe()}, but is {NumberText.Write(value)}.")
            : key == DataKeys.TestSize && value > 1 && value % 1 != 0
                ? new(KeyCodes.FractionOfRows, $"{KeyText.Name(key, surface)} must be a share below 1 or a whole number of rows, but is {NumberText.Write(value)}.")
            : key.ShareOfSteps && value > 1 && value % 1 != 0
                ? new(
                    KeyCodes.FractionOfSteps,
                    $"{KeyText.Name(key, surface)} must be a whole number of steps, or below 1 a share of all steps, but is {NumberText.Write(value)}.")
                : null;

    private static KeyProblem? CheckIntegers(Key key, EquatableArray<int> items, KeySurface surface)
    {
        if (items.Count == 0)
            return Empty(key, surface);
        var seen = new HashSet<int>();
        return items.Select(item => CheckRange(key, item, surface)
            ?? (seen.Add(item) ? null : new(KeyCodes.RepeatedItem, $"{KeyText.Name(key, surface)} names {NumberText.Write(item)} twice; remove one.")))
            .FirstOrDefault(problem => problem is not null);
    }

    private static KeyProblem? CheckMap(Key key, EquatableArray<NamedNumber> entries, KeySurface surface)
    {
        if (entries.Count == 0)
            return Empty(key, surface);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Name.Length == 0)
                return new(KeyCodes.WrongType, $"{KeyText.Name(key, surface)} has an entry without a name.");
            if (Patterns.Check(key, entry.Name, surface) is { } problem)
                return problem;
            if (CheckRange(key, entry.Value, surface) is { } outside)
                return outside;
            if (key.Whole && entry.Value % 1 != 0)
                return new(KeyCodes.WrongType, $"{KeyText.Name(key, surface)} must have whole numbers, but {KeyText.Quote(entry.Name)} is {NumberText.Write(entry.Value)}.");
            if (!seen.Add(entry.Name))
                return new(KeyCodes.RepeatedItem, $"{KeyText.Name(key, surface)} names {KeyText.Quote(entry.Name)} twice; remove one.");
        }

        return null;
    }

    private static KeyProblem Empty(Key key, KeySurface surface) =>
        new(KeyCodes.EmptyList, $"{KeyText.Name(key, surface)} is empty; name something, or leave the key out.");

    private static KeyProblem? CheckChoice(Key key, string value, KeySurface surface)
    {
        if (key.Choices.Any(choice => choice.Name == value))
            return null;
        var name = KeyText.Name(key, surface);
        var exact = key.Choices.FirstOrDefault(choice => Suggestion.Same(choice.Name, value))?.Name;
        if (exact is null && key.Choices.FirstOrDefault(choice => choice.Synonyms.Any(synonym => Suggestion.Same(synonym, value))) is { } renamed)
            return new(KeyCodes.RenamedValue, $"{KeyText.Quote(value)} is '{renamed.Name}' here, as a value of {name}.");
        if (exact is null && ForeignValueTable.Explain(key, value) is { } answer)
            return new(KeyCodes.MissingValue, $"{name} has no value {KeyText.Quote(value)}: {answer}.");
        if (LookAlikes.Explain(value) is { } lookAlike)
            return lookAlike;
        var meant = exact ?? Suggestion.Nearest(value, key.Choices.Select(choice => choice.Name));
        var advice = meant is null
            ? $"known are {string.Join(", ", key.Choices.Select(choice => KeyText.Name(choice, key, surface)))}."
            : $"did you mean '{meant}'?";
        return new(KeyCodes.UnknownValue, $"{name} has no value {KeyText.Quote(value)}; {advice}");
    }

    private static KeyProblem? CheckList(Key key, EquatableArray<string> items, KeySurface surface)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (CheckItem(key, item, surface) is { } problem)
                return problem;
            if (!seen.Add(item))
                return new(KeyCodes.RepeatedItem, $"{KeyText.Name(key, surface)} names {KeyText.Name(item, key, surface)} twice; remove one.");
        }

        if (items.Count == 0 && key.Type == KeyType.NameList)
            return Empty(key, surface);
        if (items.Count == 0 && key.Type == KeyType.ModuleList)
            return new(
                KeyCodes.EmptyList,
                $"{KeyText.Name(key, surface)} is empty, so that nothing would be trained; name modules or {ModuleNames.AllLinear}.");
        return null;
    }
}
