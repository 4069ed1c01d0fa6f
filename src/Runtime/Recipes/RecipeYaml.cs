using System.Text;
using FineTune.Keys;

namespace FineTune.Recipes;

/// <summary>Writes recipes as YAML.</summary>
public static class RecipeYaml
{
    /// <summary>
    /// The whole recipe, defaults included, as a <c>*.recipe.yaml</c> that the build reads back to the same recipe. Equal
    /// recipes give equal text.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <returns>The text, with <c>\n</c> at the end of each line.</returns>
    public static string Write(RecipeOptions recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var text = new StringBuilder();
        foreach (var section in KeyTable.Sections)
            WriteSection(text, recipe, section);
        return text.ToString();
    }

    private static void WriteSection(StringBuilder text, RecipeOptions recipe, KeySection section)
    {
        var given = RecipeBindings.All
            .Where(binding => binding.Key.Section == section)
            .Select(binding => (binding.Key, Value: binding.Get(recipe)))
            .Where(setting => setting.Value is not null && IsRead(recipe, setting.Key))
            .ToList();
        if (given.Count == 0)
            return;
        var indentation = "";
        if (section.Name.Length > 0)
        {
            text.Append(section.Name).Append(":\n");
            indentation = "  ";
        }

        foreach (var (key, value) in given)
            text.Append(indentation).Append(key.Name).Append(": ").Append(WriteValue(value!, indentation)).Append('\n');
    }

    // What another key's value makes meaningless is left out: read back, it would be a mistake.
    private static bool IsRead(RecipeOptions recipe, Key key)
    {
        var settings = RecipeBindings.Settings(recipe);
        return key.Needs.All(need => settings.Effective(KeyTable.Get(need.Path)) switch
        {
            null => false,
            KeyValue.Text text => need.Values.Length == 0 || need.Values.Contains(text.Value),
            _ => true,
        });
    }

    private static string WriteValue(KeyValue value, string indentation) =>
        value is KeyValue.Text { Value: var text } && IsBlock(text)
            ? "|-\n" + string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? "" : indentation + "  " + line))
            : value.ToYaml();

    // A block shows lines as they are; one that begins with a space or an empty line, or ends with one, would need more than '|-'.
    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\n')
        && text[^1] != '\n'
        && text.All(character => character is '\n' or (>= ' ' and <= '~') || char.IsLetterOrDigit(character));
}
