using System.Text;
using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>A recipe made of another tool's configuration.</summary>
/// <param name="Source">The configuration's file name.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Settings">The keys that the recipe gives.</param>
/// <param name="Notes">What a user must look at.</param>
/// <param name="Files">Files that the recipe names and that are written with it, by their names.</param>
internal sealed record ImportedRecipe(string Source, ConfigurationTool Tool, KeySettings Settings, ImportNotes Notes, IReadOnlyDictionary<string, string> Files)
{
    private const int LineLength = 120;

    /// <summary>The recipe as a <c>*.recipe.yaml</c>, with the notes above it.</summary>
    public string ToYaml()
    {
        var text = new StringBuilder();
        Comment(text, $"Made of {Source} ({ToolName}).");
        foreach (var note in Notes.Assumed)
            Comment(text, "Assumed: " + note);
        foreach (var note in Notes.Missing)
            Comment(text, "Left out: " + note);
        text.Append('\n');
        foreach (var section in KeyTable.Sections)
            Write(text, section);
        return text.ToString();
    }

    /// <summary>The tool as its users write it.</summary>
    public string ToolName => ConfigurationToolName.Of(Tool);

    private void Write(StringBuilder text, KeySection section)
    {
        var given = Settings.Given.Where(setting => setting.Key.Section == section).ToList();
        if (given.Count == 0)
            return;
        var indentation = section.Name.Length == 0 ? "" : "  ";
        if (section.Name.Length > 0)
            text.Append('\n').Append(section.Name).Append(":\n");
        foreach (var (key, value) in given)
            text.Append(indentation).Append(key.Name).Append(": ").Append(Write(key, value)).Append('\n');
    }

    private static string Write(Key key, KeyValue value) =>
        key.Type == KeyType.Template && value is KeyValue.Text { Value: var prompt } && prompt.Contains('\n', StringComparison.Ordinal) && prompt[0] is not (' ' or '\n') && prompt[^1] != '\n'
            ? "|-\n" + string.Join('\n', prompt.Split('\n').Select(line => line.Length == 0 ? "" : "    " + line))
            : value.ToYaml();

    private static void Comment(StringBuilder text, string sentence)
    {
        var line = new StringBuilder("#");
        foreach (var word in sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + 1 + word.Length > LineLength)
            {
                text.Append(line).Append('\n');
                line.Clear().Append("#  ");
            }

            line.Append(' ').Append(word);
        }

        text.Append(line).Append('\n');
    }
}
