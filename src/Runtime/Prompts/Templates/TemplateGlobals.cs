using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>The functions that every template has.</summary>
internal static class TemplateGlobals
{
    private static readonly string[] Words =
        "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua".Split(' ');

    /// <summary>All of them, by name.</summary>
    public static readonly IReadOnlyDictionary<string, object?> All = new Dictionary<string, object?>
    {
        ["range"] = new TemplateFunction("range", (_, arguments) => TemplateRange.Create(arguments)),
        ["dict"] = new DictFunction(),
        ["namespace"] = new TypeFunction("namespace", (_, arguments) => CreateNamespace(arguments)),
        ["cycler"] = new TypeFunction("cycler", (_, arguments) => new TemplateCycler(arguments.Positional)),
        ["joiner"] = new TypeFunction("joiner", (_, arguments) => new TemplateJoiner(PythonText.String(Bound.Of("joiner", arguments, "sep?")[0].Or(", ")))),
        ["lipsum"] = new TemplateFunction("lipsum", (_, arguments) => Lipsum(arguments)),
        ["raise_exception"] = new TemplateFunction("raise_exception", (_, arguments) =>
            throw new TemplateException(TemplateErrorKind.Raise, PythonText.String(Bound.Of("raise_exception", arguments, "message")[0].Value))),
        ["strftime_now"] = new TemplateFunction("strftime_now", (run, arguments) =>
            TimeFormat.Format(run.Now, PythonTypes.TextOf(Bound.Of("strftime_now", arguments, "format")[0].Value)
                ?? throw TemplateException.Type("strftime() argument 1 must be str"))),
    };

    /// <summary><c>dict(...)</c>.</summary>
    public static TemplateDict CreateDict(TemplateArguments arguments)
    {
        if (arguments.Count > 1)
            throw TemplateException.Type($"dict expected at most 1 argument, got {arguments.Count}");
        var dict = new TemplateDict();
        if (arguments.Count == 1)
            Fill(dict, arguments.Positional[0]);
        foreach (var (key, value) in arguments.Named)
            dict.Set(key, value);
        return dict;
    }

    /// <summary><c>dict.fromkeys(keys, value)</c>.</summary>
    public static TemplateDict FromKeys(TemplateArguments arguments)
    {
        var values = arguments.Positionals("fromkeys", 1, 2);
        var dict = new TemplateDict();
        foreach (var key in PythonIteration.Iterate(values[0]))
        {
            TemplateBudget.Items(2);
            TemplateBudget.Step();
            dict.Set(PythonHash.Check(key), values.Length > 1 ? values[1] : null);
        }

        return dict;
    }

    private static void Fill(TemplateDict dict, object? source)
    {
        if (source is Undefined undefined)
            throw undefined.Fail();
        if (source is TemplateDict other)
        {
            TemplateBudget.Items(other.Count * 2L);
            foreach (var (key, value) in other.Entries)
                dict.Set(key, value);
            return;
        }

        foreach (var item in PythonIteration.Iterate(source))
        {
            TemplateBudget.Items(2);
            TemplateBudget.Step();
            var pair = PythonIteration.ToList(item);
            if (pair.Count != 2)
                throw TemplateException.Value($"dictionary update sequence element has length {pair.Count}; 2 is required");
            dict.Set(PythonHash.Check(pair[0]), pair[1]);
        }
    }

    private static TemplateNamespace CreateNamespace(TemplateArguments arguments)
    {
        var space = new TemplateNamespace();
        foreach (var (key, value) in CreateDict(arguments).Entries)
        {
            if (key is string name)
                space.Set(name, value);
        }

        return space;
    }

    // The reference's text is random; what is asked of a placeholder is its length.
    private static string Lipsum(TemplateArguments arguments)
    {
        var bound = Bound.Of("lipsum", arguments, "n?", "html?", "min?", "max?");
        var paragraphs = PythonNumbers.Whole(bound[0].Or(5L));
        var html = PythonIteration.IsTrue(bound[1].Or(true));
        var least = Math.Max(1, PythonNumbers.Whole(bound[2].Or(20L)));
        var words = (int)Math.Clamp((least + PythonNumbers.Whole(bound[3].Or(100L))) / 2, 1, int.MaxValue);
        TemplateBudget.Text(Math.Clamp(paragraphs, 0, int.MaxValue) * words * 6L);
        var builder = new StringBuilder();
        for (var i = 0L; i < paragraphs; i++)
        {
            TemplateBudget.Step();
            var text = string.Join(' ', Enumerable.Range(0, words).Select(word => Words[(int)((word + i) % Words.Length)]));
            TemplateBudget.Text(text.Length);
            builder.Append(i > 0 ? html ? "\n" : "\n\n" : "").Append(html ? "<p>" : "").Append(char.ToUpperInvariant(text[0])).Append(text, 1, text.Length - 1)
                .Append(html ? ".</p>" : ".");
        }

        return builder.ToString();
    }
}
