using System.Globalization;
using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Emit.ChatTemplates;

/// <summary>The classes of compiled templates, by the models that they belong to.</summary>
internal static class ChatTemplateNames
{
    /// <summary>A class for each model, in the order of the models' names.</summary>
    public static EquatableArray<ChatTemplateClass> Assign(IEnumerable<string> models)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var classes = new List<ChatTemplateClass>();
        foreach (var model in models.Distinct().OrderBy(model => model, StringComparer.Ordinal))
        {
            var name = Plain(model) + "ChatTemplate";
            var unique = name;
            for (var i = 2; !taken.Add(unique); i++)
                unique = name + i.ToString(CultureInfo.InvariantCulture);
            classes.Add(new(model, unique));
        }

        return new(classes);
    }

    // models/tiny-docs is ModelsTinyDocs; what is no letter or digit of ASCII separates words.
    private static string Plain(string model)
    {
        var words = new string([.. model.Select(character => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' ? character : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return name.Length > 0 && name[0] is >= 'A' and <= 'Z' ? name : "Model" + name;
    }
}
