using System.Text;
using FineTune.Prompts;
using FineTune.Prompts.Templates;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>
/// Makes templates from others by mistakes and malice, from a seed. Whatever comes out, the front end tells an error or accepts it;
/// what it accepts compiles, whatever texts and names are in it, and runs the same compiled and interpreted.
/// </summary>
internal sealed class TemplateFuzzer
{
    private static readonly string[] Fragments =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "{{-", "-}}", "{%+", "+%}", "\"", "'", "\\", "\n", "\r\n", "\r", "\t", " ", "|", "~", ".", ",", ":", "(", ")", "[", "]",
        "{", "}", "=", "==", "+", "-", "*", "/", "//", "**", "%", "<", ">", "!=", "not ", " and ", " or ", " if ", " else ", " in ", " is ", "true", "none", "0", "1", "-1", "1e309",
        "99999999999999999999", "0x1f", "1_0", "'a'", "\"b\"", "'\\u00e9'", "'\\ud800'", "[]", "{}", "()", "[1, 'x', none]", "{'a': 1}", "range(3)", "messages", "message", "loop", "loop.index",
        "loop.last", "ns", "caller()", "self", "super()", "varargs", "kwargs", "xs", "x", "namespace(x=1)", "dict(a=1)", "raise_exception('no')", "strftime_now('%Y')", "cycler(1, 2)",
        "{% for x in xs %}", "{% endfor %}", "{% for x in xs recursive %}", "{{ loop(xs) }}", "{% for a, b in [(1, 2)] if a %}", "{% else %}", "{% elif x %}", "{% if x %}", "{% endif %}", "{% set x = 1 %}", "{% set ns.x = 2 %}",
        "{% set x %}", "{% endset %}", "{% macro f(a, b=1) %}", "{% endmacro %}", "{{ f(1) }}", "{% call(u) f(1) %}", "{% endcall %}", "{% filter upper %}", "{% endfilter %}", "{% generation %}",
        "{% endgeneration %}", "{% break %}", "{% continue %}", "{% with x = 2 %}", "{% endwith %}", "{% autoescape true %}", "{% endautoescape %}", "{% block b %}", "{% endblock %}", "{% block c scoped %}",
        "{% raw %}", "{% endraw %}", "{% print x, 1 %}", " | tojson", " | trim", " | length", " | join(',')", " | map('upper') | list", " | selectattr('role') | list", " | default('d')", " | sort", " | batch(2) | list",
        " | groupby('role')", " | replace('a', 'b')", " | round(1)", " | int", " | e", " | indent(2, true)", " | nosuch", " is defined", " is odd", " is nosuch", ".items()", ".get('role')", ".upper()", ".split(',')",
        ".__class__", ".append(1)", "[0]", "[-1]", "[1:]", "[::-1]", "['role']", ".content", ".role", "é", "日本", "😀", "\ud83d", "\0", "\u2028", "\ufeff", "\x1f",
        // What would be code, were it not text.
        "\");HOSTILE();//", "*/HOSTILE()/*", "</summary>", "HOSTILE", "\u0085HOSTILE();", "{HOSTILE}", "class", "int", "@x", "goto", "params",
    ];

    private readonly Random _random;
    private readonly IReadOnlyList<string> _seeds;

    public TemplateFuzzer(int seed)
    {
        _random = new Random(seed);
        _seeds = [.. Seeds().Distinct()];
    }

    /// <summary>What was tried, and what of it were templates.</summary>
    public (long Tried, long Valid, long Compiled) Counts { get; private set; }

    /// <summary>The committed corpus.</summary>
    public static IEnumerable<string> Corpus => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Templates", "Corpus")).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    /// <summary>Tries some templates, those that are valid all at once.</summary>
    public void Run(int count)
    {
        var valid = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var template = Next();
            if (Check(template) is not null)
                valid.Add(template);
        }

        CheckCompiled([.. valid.Distinct()]);
        Counts = (Counts.Tried + count, Counts.Valid + valid.Count, Counts.Compiled + valid.Distinct().Count());
    }

    /// <summary>Reads a template; <see langword="null"/> if it is none.</summary>
    public static ChatTemplate? Check(string source)
    {
        try
        {
            return ChatTemplate.Parse(source);
        }
        catch (FineTuneException exception)
        {
            Assert.True(exception.Code is "FT5500" or "FT5505", exception.Report);
            return null;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The front end fails on this template:\n{source}", exception);
        }
    }

    /// <summary>Compiles templates, and compares what they do with what interpreting them does.</summary>
    public static void CheckCompiled(IReadOnlyList<string> sources)
    {
        if (sources.Count == 0)
            return;
        var compiled = TemplateCompiler.Compile(sources);
        foreach (var source in sources)
            Assert.True(Outcome(ChatTemplate.Parse(source)) is var expected && Outcome(compiled[source]) is var got && expected == got, $"interpreted:\n{expected}\ncompiled:\n{got}\ntemplate:\n{source}");
    }

    private static string Outcome(ChatTemplate template)
    {
        try
        {
            var output = ChatRendering.Run(template, Variables(), TemplateCases.Now, 0);
            return output.Text + "|" + string.Join(' ', output.Spans);
        }
        catch (FineTuneException exception)
        {
            return exception.Report;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"This template fails with {exception.GetType().Name}:\n{template.Source}", exception);
        }
    }

    private static Dictionary<string, object?> Variables() => JsonValues.Read(System.Text.Json.JsonDocument.Parse(
        """
        {"messages": [{"role": "system", "content": "S"}, {"role": "user", "content": " U 1 "}, {"role": "assistant", "content": "A1", "tool_calls": [{"function": {"name": "f", "arguments": {"x": 1}}}]}],
         "tools": null, "add_generation_prompt": true, "bos_token": "<s>", "eos_token": "</s>", "xs": [3, 1, 2.5, "é😀", null], "x": 7, "d": {"b": 1, "a": [true]}, "s": "Hello World"}
        """).RootElement) is TemplateDict dict ? dict.Entries.ToDictionary(entry => (string)entry.Key!, entry => entry.Value) : [];

    private static IEnumerable<string> Seeds() => Corpus
        .Concat(TemplateCases.Of("jinja-suite.json").Values.Select(test => test.GetProperty("template").GetString()!))
        .Concat(TemplateCases.Of("generation.json").Values.Select(test => test.GetProperty("template").GetString()!))
        .Concat(ConformanceFolder.Vectors is null ? [] : TemplateCases.Renderings.Select(name => TemplateCases.Source(TemplateCases.File($"renderings/{name}.json")!.Value)));

    private string Next()
    {
        var text = new StringBuilder(Pick(_seeds));
        for (var i = _random.Next(1, 6); i > 0; i--)
            Mutate(text);
        return text.ToString();
    }

    private void Mutate(StringBuilder text)
    {
        var at = _random.Next(text.Length + 1);
        switch (_random.Next(7))
        {
            case 0 or 1:
                text.Insert(at, Pick(Fragments));
                break;
            case 2:
                text.Remove(at, Math.Min(_random.Next(12), text.Length - at));
                break;
            case 3:
                var length = Math.Min(_random.Next(40), text.Length - at);
                text.Insert(_random.Next(text.Length + 1), text.ToString(at, length));
                break;
            case 4:
                var other = Pick(_seeds);
                var from = _random.Next(other.Length + 1);
                text.Insert(at, other.AsSpan(from, Math.Min(_random.Next(60), other.Length - from)));
                break;
            case 5:
                text.Insert(at, string.Concat(Enumerable.Repeat(Pick(Fragments), _random.Next(1, 30))));
                break;
            default:
                var fragment = Pick(Fragments);
                text.Remove(at, Math.Min(fragment.Length, text.Length - at)).Insert(at, fragment);
                break;
        }
    }

    private string Pick(IReadOnlyList<string> items) => items[_random.Next(items.Count)];
}
