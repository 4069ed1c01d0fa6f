using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Reading;

/// <summary>Identifiers made of other names.</summary>
internal static class Identifier
{
    /// <summary><c>input_text</c> and <c>input-text</c> become <c>InputText</c>; what no identifier may contain is left out.</summary>
    public static string Pascal(string name)
    {
        var result = new StringBuilder();
        var upper = true;
        foreach (var character in name)
        {
            if (!SyntaxFacts.IsIdentifierPartCharacter(character) || character == '_')
            {
                upper = true;
                continue;
            }

            if (result.Length == 0 && !SyntaxFacts.IsIdentifierStartCharacter(character))
                result.Append('_');
            result.Append(upper ? char.ToUpperInvariant(character) : character);
            upper = false;
        }

        return result.ToString();
    }

    /// <summary><c>InputText</c> becomes <c>inputText</c>.</summary>
    public static string Camel(string name) =>
        name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary><c>InputText</c> becomes <c>input_text</c>, and <c>URLPath</c> becomes <c>url_path</c>.</summary>
    public static string Snake(string name)
    {
        var result = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
