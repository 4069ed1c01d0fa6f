using System.Globalization;
using System.Text;
using FineTune.Keys;

namespace FineTune.Generators.Tests;

/// <summary>Writes the reference of all keys from their table.</summary>
internal static class KeyReference
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Write()
    {
        var page = new StringBuilder();
        page.Append(Invariant, $"Every key is there since version {KeyTable.FirstVersion} of the SDK, unless its line names a later one.\n\n");
        foreach (var section in KeyTable.Sections)
        {
            var attributes = section.Attributes.Select(attribute => attribute == "Recipe" ? "`[Recipe<TModel, TRow>]`" : $"`[{attribute}]`");
            page.Append(section.Name.Length == 0 ? "### The recipe" : $"### `{section.Name}`").Append("\n\n");
            page.Append(section.Summary).Append(Invariant, $" In C#: {KeyText.Alternatives(attributes)}.");
            if (section.ListKey is { } listKey)
                page.Append(Invariant, $" A list in place of the section is `{listKey}` alone.");
            page.Append("\n\n| YAML | C# | Value | Default | |\n|---|---|---|---|---|\n");
            foreach (var key in KeyTable.Of(section))
                page.Append(Invariant, $"| `{key.Name}` | {CSharp(key)} | {Value(key)} | {Default(key)} | {Meaning(key)} |\n");
            page.Append('\n');
            foreach (var key in KeyTable.Of(section).Where(key => key.Choices.Length > 0))
                WriteChoices(page, key);
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>What is said of keys that older versions do not have.</summary>
    public static string Since(Key key) => key.Since == KeyTable.FirstVersion ? "" : $" Since version {key.Since}.";

    private static void WriteChoices(StringBuilder page, Key key)
    {
        var type = key.YamlOnly || key.CSharpType is null ? "" : $", in C# a member of `{key.CSharpType}`";
        page.Append(Invariant, $"`{key.Name}`{type}:\n\n");
        foreach (var choice in key.Choices)
            page.Append(Invariant, $"- `{choice.Name}`{(type.Length == 0 ? "" : $" (`{choice.CSharpName}`)")}: {choice.Summary}\n");
        page.Append('\n');
    }

    private static string CSharp(Key key) => key.YamlOnly ? "" : key.Positional ? "first argument" : $"`{key.CSharpName}`";

    private static string Value(Key key)
    {
        var type = key.Type switch
        {
            KeyType.Integer => "integer",
            KeyType.Number => "number",
            KeyType.Boolean => "`true` or `false`",
            KeyType.Choice => "see below",
            KeyType.ChoiceList => "list, see below",
            KeyType.ModuleList => $"`{ModuleNames.AllLinear}` or a list of names",
            KeyType.NameList => "list of names",
            KeyType.IntegerList => "list of integers",
            KeyType.NumberMap => key.Whole ? "mapping to whole numbers" : "mapping to numbers",
            KeyType.Pattern => "regular expression",
            KeyType.Template => "template",
            KeyType.Files => "file, or list of files",
            _ => "text",
        };
        return type + (key.Range is null ? "" : " " + key.Range.Describe()) + (key.Unit is null ? "" : $", in {key.Unit}");
    }

    private static string Default(Key key) =>
        key.Required ? "required" : key.Absent ?? $"`{(key.Default is KeyValue.List list ? string.Join(", ", list.Items) : key.Default!.ToYaml())}`";

    private static string Meaning(Key key)
    {
        var excludes = key.Excludes.Select(other => $" Excludes `{other}`.");
        var needs = key.Needs.Select(need => need.Values.Length == 0 ? $" Needs `{need.Path}`{(need.Or is { } other ? $" or `{other}`" : "")}."
            : need.Values.Length > 3 ? $" Depends on `{need.Path}`."
            : $" Only with `{need.Path}: {string.Join("`, `", need.Values)}`.");
        return key.Summary.Replace("|", "\\|", StringComparison.Ordinal) + string.Concat(excludes) + string.Concat(needs) + Since(key);
    }
}
