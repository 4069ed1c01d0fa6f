using System.Text;
using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>The methods of texts.</summary>
internal static class StringMethods
{
    private delegate object? Method(string text, object?[] arguments);

    private static readonly Dictionary<string, (int Least, int Most, Method Body)> Methods = new()
    {
        ["upper"] = (0, 0, (text, _) => PythonCase.Upper(text)),
        ["lower"] = (0, 0, (text, _) => PythonCase.Lower(text)),
        ["title"] = (0, 0, (text, _) => PythonCase.Title(text)),
        ["capitalize"] = (0, 0, (text, _) => PythonCase.Capitalize(text)),
        ["swapcase"] = (0, 0, (text, _) => PythonCase.Swap(text)),
        ["casefold"] = (0, 0, (text, _) => PythonCase.Fold(text)),
        ["strip"] = (0, 1, (text, arguments) => PythonStrings.Strip(text, Characters(arguments, "strip"))),
        ["lstrip"] = (0, 1, (text, arguments) => PythonStrings.Strip(text, Characters(arguments, "lstrip"), end: false)),
        ["rstrip"] = (0, 1, (text, arguments) => PythonStrings.Strip(text, Characters(arguments, "rstrip"), start: false)),
        ["startswith"] = (1, 3, (text, arguments) => Affix(text, arguments, "startswith", (part, affix) => part.StartsWith(affix, StringComparison.Ordinal))),
        ["endswith"] = (1, 3, (text, arguments) => Affix(text, arguments, "endswith", (part, affix) => part.EndsWith(affix, StringComparison.Ordinal))),
        ["replace"] = (2, 3, (text, arguments) => PythonStrings.Replace(
            text, Text(arguments[0], "replace"), Text(arguments[1], "replace"), arguments.Length > 2 ? PythonNumbers.Whole(arguments[2]) : -1)),
        ["find"] = (1, 3, (text, arguments) => PythonNumbers.Box(Find(text, arguments, last: false))),
        ["rfind"] = (1, 3, (text, arguments) => PythonNumbers.Box(Find(text, arguments, last: true))),
        ["index"] = (1, 3, (text, arguments) => Found(Find(text, arguments, last: false))),
        ["rindex"] = (1, 3, (text, arguments) => Found(Find(text, arguments, last: true))),
        ["count"] = (1, 3, Count),
        ["join"] = (1, 1, (text, arguments) => Join(text, arguments[0])),
        ["partition"] = (1, 1, (text, arguments) => StringSplitting.Partition(text, Text(arguments[0], "partition"), right: false)),
        ["rpartition"] = (1, 1, (text, arguments) => StringSplitting.Partition(text, Text(arguments[0], "rpartition"), right: true)),
        ["removeprefix"] = (1, 1, (text, arguments) =>
            Text(arguments[0], "removeprefix") is var prefix && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text),
        ["removesuffix"] = (1, 1, (text, arguments) =>
            Text(arguments[0], "removesuffix") is { Length: > 0 } suffix && text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text),
        ["center"] = (1, 2, (text, arguments) => PythonStrings.Center(text, PythonNumbers.Whole(arguments[0]), Fill(arguments, "center"))),
        ["ljust"] = (1, 2, (text, arguments) => PythonStrings.Pad(text, PythonNumbers.Whole(arguments[0]), Fill(arguments, "ljust"), (_, _) => 0)),
        ["rjust"] = (1, 2, (text, arguments) => PythonStrings.Pad(text, PythonNumbers.Whole(arguments[0]), Fill(arguments, "rjust"), (missing, _) => missing)),
        ["zfill"] = (1, 1, ZeroFill),
        ["maketrans"] = (1, 3, (_, arguments) => StringTranslation.CreateTable(arguments)),
        ["translate"] = (1, 1, (text, arguments) => StringTranslation.Translate(text, arguments[0])),
        ["isalpha"] = (0, 0, (text, _) => All(text, PythonCharacters.IsLetter)),
        ["isdigit"] = (0, 0, (text, _) => All(text, PythonCharacters.IsDigit)),
        ["isdecimal"] = (0, 0, (text, _) => All(text, PythonCharacters.IsDecimal)),
        ["isnumeric"] = (0, 0, (text, _) => All(text, PythonCharacters.IsNumeric)),
        ["isalnum"] = (0, 0, (text, _) => All(text, PythonCharacters.IsAlphanumeric)),
        ["isspace"] = (0, 0, (text, _) => text.Length > 0 && text.All(PythonCharacters.IsSpace)),
        ["isascii"] = (0, 0, (text, _) => Ascii.IsValid(text)),
        ["isprintable"] = (0, 0, (text, _) => text.Length == 0 || All(text, PythonCharacters.IsPrintable)),
        ["isidentifier"] = (0, 0, (text, _) => text.Length > 0 && IsIdentifier(text)),
        ["isupper"] = (0, 0, (text, _) => IsUpper(text)),
        ["islower"] = (0, 0, (text, _) => IsLower(text)),
        ["istitle"] = (0, 0, (text, _) => IsTitle(text)),
    };

    // Those that take arguments by name.
    private static readonly Dictionary<string, Func<string, TemplateArguments, object?>> NamedMethods = new()
    {
        ["split"] = (text, arguments) => Split(text, arguments, "split", StringSplitting.Split),
        ["rsplit"] = (text, arguments) => Split(text, arguments, "rsplit", StringSplitting.SplitRight),
        ["splitlines"] = (text, arguments) =>
            new TemplateList(PythonStrings.Lines(text, PythonIteration.IsTrue(Bound.Of("splitlines", arguments, "keepends?")[0].Or(false)))),
        ["expandtabs"] = (text, arguments) => ExpandTabs(text, PythonNumbers.Whole(Bound.Of("expandtabs", arguments, "tabsize?")[0].Or(8L))),
        ["encode"] = (text, arguments) => Encode(text, Bound.Of("encode", arguments, "encoding?", "errors?")[0].Or("utf-8")),
    };

    /// <summary>A method of a text, bound to it; <see langword="null"/> if there is none of this name.</summary>
    public static TemplateFunction? Find(object self, string name)
    {
        var text = PythonTypes.TextOf(self)!;
        Func<TemplateRun, TemplateArguments, object?> body;
        if (Methods.TryGetValue(name, out var method))
            body = (_, arguments) => method.Body(text, arguments.Positionals(name, method.Least, method.Most));
        else if (NamedMethods.TryGetValue(name, out var named))
            body = (_, arguments) => named(text, arguments);
        else if (name is "format" or "format_map")
            body = (run, arguments) => BraceFormat.Call(run, text, name, arguments, self is Markup);
        else
            return null;
        return new TemplateFunction(name, (run, arguments) => Run(run, self, text, body, arguments), self);
    }

    private static object? Run(TemplateRun run, object self, string text, Func<TemplateRun, TemplateArguments, object?> body, TemplateArguments arguments)
    {
        TemplateBudget.Steps(text.Length >> 6);
        var result = body(run, arguments);
        if (result is not string changed)
            return self is Markup ? Marked(result) : result;
        if (!ReferenceEquals(changed, text))
            TemplateBudget.Text(changed.Length);
        run.Captured?.Trim(text, changed);
        return self is Markup ? new Markup(changed) : changed;
    }

    // The parts of a text marked as HTML are marked too.
    private static object? Marked(object? result) => result switch
    {
        TemplateList list => new TemplateList(list.Items.Select(Part)),
        TemplateTuple tuple => new TemplateTuple([.. tuple.Items.Select(Part)]),
        _ => result,
    };

    private static object? Part(object? item) => item is string text ? new Markup(text) : item;

    public static bool IsUpper(string text) => text.EnumerateRunes().Any(PythonCharacters.IsUpper)
        && !text.EnumerateRunes().Any(rune => PythonCharacters.IsLower(rune) || PythonCharacters.IsTitle(rune));

    public static bool IsLower(string text) => text.EnumerateRunes().Any(PythonCharacters.IsLower)
        && !text.EnumerateRunes().Any(rune => PythonCharacters.IsUpper(rune) || PythonCharacters.IsTitle(rune));

    // Capitals behind characters without case only, small letters behind letters only.
    private static bool IsTitle(string text)
    {
        var (inWord, found) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var capital = PythonCharacters.IsUpper(rune) || PythonCharacters.IsTitle(rune);
            var cased = capital || PythonCharacters.IsLower(rune);
            if (cased && capital == inWord)
                return false;
            inWord = cased;
            found |= cased;
        }

        return found;
    }

    private static string Text(object? value, string method) => value is Undefined || PythonTypes.TextOf(value) is not { } text
        ? throw TemplateException.Type($"{method}() argument must be str, not {PythonTypes.NameOf(value)}")
        : text;

    private static string? Characters(object?[] arguments, string method) => arguments.Length == 0 || arguments[0] is null ? null : Text(arguments[0], method);

    private static string Fill(object?[] arguments, string method)
    {
        var fill = arguments.Length > 1 ? Text(arguments[1], method) : " ";
        return PythonStrings.Length(fill) == 1 ? fill : throw TemplateException.Type("The fill character must be exactly one character long");
    }

    private static bool All(string text, Func<Rune, bool> test) => text.Length > 0 && text.EnumerateRunes().All(test);

    private static bool IsIdentifier(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '_' && !char.IsLetter(text, i) && !char.IsDigit(text, i) && !IdentifierCharacters.IsMark(text, i))
                return false;
            i += char.IsHighSurrogate(text[i]) ? 1 : 0;
        }

        return IdentifierCharacters.IsIdentifier(text);
    }

    private static object Affix(string text, object?[] arguments, string method, Func<string, string, bool> test)
    {
        var part = arguments.Length > 1 ? Window(text, arguments, out _) : text;
        if (part is null)
            return false;
        if (arguments[0] is TemplateTuple tuple)
            return tuple.Items.Any(item => test(part, Text(item, method)));
        return test(part, Text(arguments[0], method));
    }

    /// <summary>The part between the second and the third argument; <see langword="null"/> if it begins behind the end.</summary>
    private static string? Window(string text, object?[] arguments, out int offset)
    {
        var length = PythonStrings.Length(text);
        var start = Limit(arguments, 1, 0);
        var stop = Limit(arguments, 2, length);
        offset = start;
        if (start > length || start > Math.Min(stop, length))
            return null;
        return PythonStrings.Slice(text, start, Math.Min(stop, length));

        int Limit(object?[] values, int index, int otherwise)
        {
            if (values.Length <= index || values[index] is null)
                return otherwise;
            var bound = PythonNumbers.Index(values[index])
                ?? throw TemplateException.Type("slice indices must be integers or None or have an __index__ method");
            return bound < 0 ? Math.Max(0, bound + length) : bound;
        }
    }

    private static long Find(string text, object?[] arguments, bool last)
    {
        var part = Text(arguments[0], "find");
        TemplateBudget.Steps(text.Length / 64);
        if (Window(text, arguments, out var offset) is not { } window)
            return -1;
        var at = last ? StringSplitting.LastIndex(window, part, window.Length) : window.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : PythonStrings.Index(window, at) + offset;
    }

    private static object Found(long index) => index < 0 ? throw TemplateException.Value("substring not found") : PythonNumbers.Box(index);

    private static object Count(string text, object?[] arguments)
    {
        var part = Text(arguments[0], "count");
        if (Window(text, arguments, out _) is not { } window)
            return PythonNumbers.Box(0);
        if (part.Length == 0)
            return PythonNumbers.Box(PythonStrings.Length(window) + 1);
        TemplateBudget.Steps(text.Length / 64);
        var count = 0L;
        for (var at = window.IndexOf(part, StringComparison.Ordinal); at >= 0; at = window.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return PythonNumbers.Box(count);
    }

    private static string Join(string separator, object? items)
    {
        var builder = new StringBuilder();
        var index = 0;
        foreach (var item in PythonIteration.IsIterable(items) ? PythonIteration.Iterate(items) : throw TemplateException.Type("can only join an iterable"))
        {
            if (PythonTypes.TextOf(item) is not { } text)
                throw TemplateException.Type($"sequence item {index}: expected str instance, {PythonTypes.NameOf(item)} found");
            TemplateBudget.Step();
            TemplateBudget.Text(separator.Length + text.Length);
            if (index++ > 0)
                builder.Append(separator);
            builder.Append(text);
        }

        TemplateBudget.Text(builder.Length);
        return builder.ToString();
    }

    private static string ZeroFill(string text, object?[] arguments)
    {
        var width = PythonNumbers.Whole(arguments[0]);
        var sign = text.Length > 0 && text[0] is '+' or '-' ? text[..1] : "";
        return sign + PythonStrings.Pad(text[sign.Length..], width - sign.Length, "0", (missing, _) => missing);
    }

    private static TemplateList Split(string text, TemplateArguments arguments, string name, Func<string, string?, long, List<string>> split)
    {
        var bound = Bound.Of(name, arguments, "sep?", "maxsplit?");
        var separator = bound[0].Or(null);
        return new TemplateList(split(text, separator is null ? null : Text(separator, name), PythonNumbers.Whole(bound[1].Or(-1L))));
    }

    private static string ExpandTabs(string text, long size)
    {
        TemplateBudget.Text(text.Length + text.Count(character => character == '\t') * Math.Max(0, size));
        var builder = new StringBuilder();
        var column = 0L;
        foreach (var point in PythonStrings.CodePoints(text))
        {
            if (point == "\t")
            {
                var spaces = size > 0 ? size - column % size : 0;
                builder.Append(' ', (int)spaces);
                column += spaces;
                continue;
            }

            builder.Append(point);
            column = point is "\n" or "\r" ? 0 : column + 1;
        }

        return builder.ToString();
    }

    private static TemplateBytes Encode(string text, object? encoding)
    {
        TemplateBudget.Text(text.Length);
        if (PythonSurrogates.IsIn(text))
            throw TemplateException.Value("the text has surrogates, which have no encoding");
        return Text(encoding, "encode").Replace("_", "-").ToLowerInvariant() switch
        {
            "utf-8" or "utf8" => new(Encoding.UTF8.GetBytes(text)),
            "ascii" when Ascii.IsValid(text) => new(Encoding.ASCII.GetBytes(text)),
            "latin-1" or "latin1" when text.All(character => character < 256) => new(Encoding.Latin1.GetBytes(text)),
            var name => throw TemplateException.Value($"'{name}' cannot encode this text"),
        };
    }
}
