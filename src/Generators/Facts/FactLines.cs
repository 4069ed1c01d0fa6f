using System.Text;

namespace FineTune.Facts;

/// <summary>
/// The form of fact files: a line a fact, its fields apart by tabs. What build and generator tell each other needs no more, and
/// the generator has no JSON library.
/// </summary>
internal static class FactLines
{
    /// <summary>Writes lines of fields; a field may hold any text.</summary>
    public static string Write(IEnumerable<IEnumerable<string>> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(string.Join("\t", line.Select(Escape))).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads lines of fields. Any text can be read: what is no fact is passed over by the one who looks for facts.</summary>
    public static IEnumerable<string[]> Read(string text) =>
        text.Split('\n').Where(line => line.Length > 0).Select(line => line.TrimEnd('\r').Split('\t').Select(Unescape).ToArray());

    private static string Escape(string field) => field.IndexOfAny(['\\', '\t', '\n', '\r']) < 0
        ? field
        : field.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");

    private static string Unescape(string field)
    {
        if (field.IndexOf('\\') < 0)
            return field;
        var text = new StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\' || i + 1 == field.Length)
            {
                text.Append(field[i]);
                continue;
            }

            var escaped = field[++i];
            text.Append(escaped switch { 't' => '\t', 'n' => '\n', 'r' => '\r', _ => escaped });
        }

        return text.ToString();
    }
}
