using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Going through values, their lengths, and lists of them.</summary>
internal static class PythonIteration
{
    public static bool IsIterable(object? value) => value is string or Markup or TemplateList or TemplateTuple or TemplateDict or TemplateDictView
        or TemplateRange or Undefined or TemplateGenerator or TemplateLoop or TemplateBytes;

    /// <summary>The items of a value; each is a step of the budget when it is taken.</summary>
    /// <exception cref="TemplateException">It has none.</exception>
    public static IEnumerable<object?> Iterate(object? value) => value switch
    {
        TemplateList list => list.Items,
        TemplateTuple tuple => tuple.Items,
        TemplateDict dict => dict.Entries.Select(entry => entry.Key),
        TemplateDictView view => view.Items(),
        TemplateRange range => Numbers(range),
        Undefined => [],
        TemplateGenerator generator => generator.Rest(),
        TemplateLoop loop => loop.Rest(),
        TemplateBytes bytes => bytes.Bytes.Select(item => PythonNumbers.Box(item)),
        _ when PythonTypes.TextOf(value) is { } text => Characters(text),
        _ => throw TemplateException.Type($"'{PythonTypes.NameOf(value)}' object is not iterable"),
    };

    /// <summary>All items as a new list.</summary>
    public static List<object?> ToList(object? value)
    {
        if (value is TemplateList known)
        {
            TemplateBudget.Items(known.Items.Count);
            return [.. known.Items];
        }

        var items = new List<object?>();
        foreach (var item in Iterate(value))
        {
            TemplateBudget.Items(1);
            TemplateBudget.Step();
            items.Add(item);
        }

        return items;
    }

    /// <summary><c>len(value)</c>; <see langword="null"/> where it has none.</summary>
    public static int? Length(object? value) => value switch
    {
        string text => PythonStrings.Length(text),
        Markup markup => PythonStrings.Length(markup.Text),
        TemplateList list => list.Items.Count,
        TemplateTuple tuple => tuple.Items.Count,
        TemplateDict dict => dict.Count,
        TemplateDictView view => view.Count,
        TemplateRange range => range.Count,
        TemplateLoop loop => loop.Length,
        TemplateBytes bytes => bytes.Bytes.Length,
        Undefined => 0,
        _ => null,
    };

    /// <summary><c>bool(value)</c>.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        double real => real != 0,
        System.Numerics.BigInteger big => !big.IsZero,
        _ => Length(value) is not 0,
    };

    private static IEnumerable<object?> Numbers(TemplateRange range)
    {
        for (var i = 0; i < range.Count; i++)
            yield return range[i];
    }

    private static IEnumerable<object?> Characters(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = Rune.TryGetRuneAt(text, i, out var rune) ? rune.Utf16SequenceLength : 1;
            yield return PythonStrings.Piece(text, i, length);
            i += length;
        }
    }
}
