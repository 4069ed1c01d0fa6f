using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary><c>str.maketrans</c> and <c>str.translate</c>.</summary>
internal static class StringTranslation
{
    /// <summary>A table of code points: what a dictionary says, or characters and those at the same place.</summary>
    public static TemplateDict CreateTable(object?[] arguments)
    {
        var table = new TemplateDict();
        if (arguments.Length == 1)
        {
            if (arguments[0] is not TemplateDict map)
                throw TemplateException.Type("if you give only one argument to maketrans it must be a dict");
            TemplateBudget.Items(map.Count * 2L);
            foreach (var (key, value) in map.Entries)
                table.Set(Key(key), value);
            return table;
        }

        var texts = arguments.Select(argument => PythonStrings.CodePoints(Text(argument))).ToArray();
        if (texts[0].Length != texts[1].Length)
            throw TemplateException.Value("the first two maketrans arguments must have equal length");
        TemplateBudget.Items(texts.Sum(text => text.Length * 2L));
        for (var i = 0; i < texts[0].Length; i++)
            table.Set(Code(texts[0][i]), Code(texts[1][i]));
        foreach (var dropped in texts.Skip(2).SelectMany(text => text))
            table.Set(Code(dropped), null);
        return table;
    }

    public static string Translate(string text, object? table)
    {
        var output = new StringBuilder(text.Length);
        foreach (var point in PythonStrings.CodePoints(text))
        {
            TemplateBudget.Step();
            var changed = Find(table, Code(point), point);
            TemplateBudget.Text(output.Length + (long)changed.Length, 0);
            output.Append(changed);
        }

        return output.ToString();
    }

    private static string Find(object? table, object code, string point)
    {
        object? found;
        switch (table)
        {
            case TemplateDict dict:
                if (!dict.TryGet(code, out found))
                    return point;
                break;
            case Undefined undefined:
                throw undefined.Fail();
            case string or Markup or TemplateList or TemplateTuple or TemplateRange or TemplateBytes:
                if ((long)code >= PythonIteration.Length(table))
                    return point;
                found = TemplateRun.Item(table, code);
                break;
            default:
                throw TemplateException.Type($"'{PythonTypes.NameOf(table)}' object is not subscriptable");
        }

        if (found is null)
            return "";
        if (found is not Undefined && PythonTypes.TextOf(found) is { } text)
            return text;
        var mapped = PythonNumbers.Integer(found) ?? throw TemplateException.Type("character mapping must return integer, None or str");
        return mapped >= 0 && mapped <= 0x10ffff
            ? PythonSurrogates.Character((int)mapped)
            : throw TemplateException.Value("character mapping must be in range(0x110000)");
    }

    private static object? Key(object? key)
    {
        if (PythonTypes.TextOf(key) is not { } text || key is Undefined)
            return PythonNumbers.Integer(key) is null ? throw TemplateException.Type("keys in translate table must be strings or integers") : key;
        return PythonStrings.Length(text) == 1 ? Code(text) : throw TemplateException.Value("string keys in translate table must be of length 1");
    }

    private static string Text(object? value) => value is not Undefined && PythonTypes.TextOf(value) is { } text
        ? text
        : throw TemplateException.Type($"maketrans() argument must be str, not {PythonTypes.NameOf(value)}");

    private static object Code(string point) => PythonNumbers.Box(Rune.TryGetRuneAt(point, 0, out var rune) ? PythonSurrogates.Of(rune) ?? rune.Value : point[0]);
}
