using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Emit;

/// <summary>Writes a recipe's settings as a <c>RecipeOptions</c> literal that holds what differs from the defaults.</summary>
internal static class OptionsEmitter
{
    private const string Types = "global::FineTune.Recipes.";

    public static void Emit(RecipeModel recipe, SourceWriter writer)
    {
        var settings = recipe.Settings.Select(setting => (Key: KeyTable.Get(setting.Path), setting.Value)).ToList();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {Types}RecipeOptions Options {{ get; }} = new()");
        writer.Block(
            () =>
            {
                writer.Line($"Name = {SourceWriter.Literal(recipe.Name)},");
                foreach (var section in KeyTable.Sections.Where(section => section.Property.Length > 0))
                    EmitSection(section, settings, writer);
            },
            ";");
    }

    private static void EmitSection(KeySection section, List<(Key Key, KeyValue Value)> settings, SourceWriter writer)
    {
        var changed = settings
            .Where(setting => setting.Key.Section == section && setting.Key != AdapterKeys.Kind && setting.Value != setting.Key.Default)
            .ToList();
        if (section == AdapterKeys.Section && !settings.Contains((AdapterKeys.Kind, new KeyValue.Text("lora"))))
            return;
        if (changed.Count == 0)
        {
            // The defaults of an adapter are not the same as none.
            if (section == AdapterKeys.Section)
                writer.Line($"{section.Property} = new(),");
            return;
        }

        writer.Line($"{section.Property} = new()");
        writer.Block(
            () =>
            {
                foreach (var (key, value) in changed)
                    writer.Line($"{key.CSharpName} = {Write(key, value)},");
            },
            ",");
    }

    private static string Write(Key key, KeyValue value) => value switch
    {
        KeyValue.Integer integer => NumberText.Write(integer.Value),
        KeyValue.Number number => NumberText.Write(number.Value),
        KeyValue.Boolean boolean => boolean.Value ? "true" : "false",
        KeyValue.Text text => WriteText(key, text.Value),
        KeyValue.Integers integers => $"[{string.Join(", ", integers.Items.Select(NumberText.Write))}]",
        KeyValue.Map map => $"[{string.Join(", ", map.Entries.Select(entry => $"new({SourceWriter.Literal(entry.Name)}, {NumberText.Write(entry.Value)})"))}]",
        KeyValue.Files files => $"[{string.Join(", ", files.Items.Select(WriteFile))}]",
        KeyValue.List list => $"[{string.Join(", ", list.Items.Select(item => WriteText(key, item)))}]",
        _ => throw new InvalidOperationException("A value of an unknown kind."),
    };

    private static string WriteFile(KeyFile file) =>
        file.Weight == 1 ? SourceWriter.Literal(file.Path) : $"new({SourceWriter.Literal(file.Path)}, {NumberText.Write(file.Weight)})";

    private static string WriteText(Key key, string text) =>
        key.CSharpType is { } type ? $"global::{key.CSharpNamespace}.{type}.{key.Choices.First(choice => choice.Name == text).CSharpName}" : SourceWriter.Literal(text);
}
