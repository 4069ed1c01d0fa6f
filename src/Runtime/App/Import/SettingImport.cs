using FineTune.Foreign;
using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>Settings that are a key by another name, or have an answer.</summary>
internal static class SettingImport
{
    public static void Convert(ImportContext context, string name, ConfigurationNode value)
    {
        if (KeyNames.FindMeant(RecipeKeys.Section, name) is not { } key)
            Explain(context, name, value);
        else if (!IsAbsent(key, value) && (key.Section != AdapterKeys.Section || context.Settings.TryGet(AdapterKeys.Kind, out _)))
            Convert(context, name, key, value);
    }

    /// <summary>Says what has become of a setting that has no key.</summary>
    public static void Explain(ImportContext context, string name, ConfigurationNode value)
    {
        // The main branch is what everyone has in the folder.
        if (name is "revision" or "model_revision" && value.Text == "main")
            context.Notes.Leave(name);
        else if (ForeignKeyTable.Explain(name, value.Text) is not { } answer)
            context.Notes.Miss($"'{name}' is not known.");
        else if (answer.Code == KeyCodes.UnneededKey || answer.Code == KeyCodes.KeyElsewhere)
            context.Notes.Leave(name);
        else if (!value.IsNothing)
            context.Notes.Miss(answer.Message);
    }

    /// <summary>Sets what a tool assumes where the configuration says nothing.</summary>
    public static void ApplyDefaults(ImportContext context, IReadOnlyList<(string Name, string Value)> defaults)
    {
        foreach (var (name, value) in defaults)
        {
            if (context.Root[name] is null or { Text: null, Items.Count: 0 } && KeyNames.FindMeant(RecipeKeys.Section, name) is { YamlOnly: false } key
                && !context.Settings.TryGet(key, out _) && IsRead(context, key) && ImportedValue.Of(key, new ConfigurationNode(value, [], [])) is { } parsed)
                context.Set(key, parsed);
        }
    }

    /// <summary>Sets the key that a setting means.</summary>
    public static void Convert(ImportContext context, string name, Key key, ConfigurationNode value)
    {
        if (key.Type == KeyType.ChoiceList)
        {
            ConvertChoices(context, name, key, value);
            return;
        }

        if (ImportedValue.Of(key, value) is not { } parsed)
        {
            context.Notes.Miss($"'{name}': its value has no equivalent.");
            return;
        }

        if (key.Type is KeyType.Boolean or KeyType.Choice && parsed == key.Default)
            return;
        if (context.Settings.TryGet(key, out var given))
        {
            if (given != parsed)
                context.Notes.Miss($"'{name}': '{key}' is {given.ToYaml()} already, by another setting.");
            return;
        }

        // A nothing that a key does not take is the key left out.
        if (!context.TrySet(key, parsed, out var problem) && !value.IsNothing)
            context.Notes.Miss($"'{name}': {problem}");
    }

    private static void ConvertChoices(ImportContext context, string name, Key key, ConfigurationNode value)
    {
        var known = new List<string>();
        foreach (var item in value.Names)
        {
            var choice = ImportedValue.Choice(key, item);
            if (KeyChecker.CheckItem(key, choice, KeySurface.Yaml) is { } problem)
                context.Notes.Miss($"'{name}': {problem.Message}");
            else if (!known.Contains(choice))
                known.Add(choice);
        }

        if (known.Count > 0)
            context.Set(key, new KeyValue.List(new(known)));
    }

    private static bool IsAbsent(Key key, ConfigurationNode value) =>
        value is { Text: null, Items.Count: 0, Entries.Count: 0 } || (value.IsNothing && key.Type is not (KeyType.Integer or KeyType.Number or KeyType.Boolean));

    private static bool IsRead(ImportContext context, Key key) =>
        !(key == TrainingKeys.Epochs && context.Settings.TryGet(TrainingKeys.MaxSteps, out _)) && !(key == DataKeys.Overlong && context.Pretrains);
}
