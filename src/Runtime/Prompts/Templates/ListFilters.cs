using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>The filters of lists and of values in general.</summary>
internal static class ListFilters
{
    public static object Length(object? value) => PythonIteration.Length(value) is { } length
        ? PythonNumbers.Box(length)
        : throw TemplateException.Type($"object of type '{PythonTypes.NameOf(value)}' has no len()");

    public static object? Default(object? value, Bound[] arguments) =>
        value is Undefined || (PythonIteration.IsTrue(arguments[1].Or(false)) && !PythonIteration.IsTrue(value)) ? arguments[0].Or("") : value;

    public static object? First(object? value)
    {
        using var items = PythonIteration.Iterate(value).GetEnumerator();
        return items.MoveNext() ? items.Current : Undefined.Hint("No first item, sequence was empty.");
    }

    public static object? Last(object? value)
    {
        var items = Reversible(value) ?? throw TemplateException.Type($"'{PythonTypes.NameOf(value)}' object is not reversible");
        return items.Count > 0 ? items[^1] : Undefined.Hint("No last item, sequence was empty.");
    }

    public static object? Random(TemplateRun run, object? value)
    {
        if (value is TemplateGenerator || Reversible(value) is not { } items)
            throw TemplateException.Type($"object of type '{PythonTypes.NameOf(value)}' has no len()");
        return items.Count > 0 ? items[run.NextRandom(items.Count)] : Undefined.Hint("No random item, sequence was empty.");
    }

    public static object? Reverse(object? value)
    {
        if (PythonTypes.TextOf(value) is { } text)
        {
            var reversed = string.Concat(PythonStrings.CodePoints(text).Reverse());
            return value is Markup ? new Markup(reversed) : reversed;
        }

        if (value is TemplateRange range)
            return new TemplateGenerator(PythonIteration.Iterate(range.Reversed()), "range_iterator");
        if (value is TemplateList list)
            return new TemplateGenerator(Enumerable.Reverse(list.Items), "list_reverseiterator");
        if (!PythonIteration.IsIterable(value))
            throw new TemplateException(TemplateErrorKind.Runtime, "argument must be iterable");
        var items = PythonIteration.ToList(value);
        items.Reverse();
        return value is TemplateGenerator or TemplateLoop ? new TemplateList(items) : new TemplateGenerator(items, "reversed");
    }

    public static TemplateGenerator Items(object? value)
    {
        return new TemplateGenerator(Pairs());

        IEnumerable<object?> Pairs()
        {
            if (value is Undefined)
                yield break;
            if (value is not TemplateDict dict)
                throw TemplateException.Type("Can only get item pairs from a mapping.");
            foreach (var (key, item) in dict.Entries)
                yield return new TemplateTuple(key, item);
        }
    }

    public static object Join(TemplateRun run, object? value, Bound[] arguments)
    {
        var separator = arguments[0].Or("");
        var items = PythonIteration.ToList(value);
        if (arguments[1].Or(null) is { } attribute)
            items = items.ConvertAll(item => AttributePath.Read(item, attribute));
        var marked = run.Escapes && (separator is Markup || items.Exists(item => item is Markup));
        Func<object?, string> text = marked ? item => PythonMarkup.Escape(item).Text : PythonText.String;
        var builder = new StringBuilder();
        var between = text(separator);
        for (var i = 0; i < items.Count; i++)
        {
            var piece = text(items[i]);
            TemplateBudget.Step();
            TemplateBudget.Text(builder.Length + (long)piece.Length + between.Length, piece.Length + (long)between.Length);
            builder.Append(i > 0 ? between : "").Append(piece);
        }

        TemplateBudget.Text(builder.Length);
        return marked ? new Markup(builder.ToString()) : builder.ToString();
    }

    public static object? Sum(TemplateRun run, object? value, Bound[] arguments)
    {
        var total = arguments[1].Or(0L);
        if (PythonTypes.IsText(total))
            throw TemplateException.Type("sum() can't sum strings [use ''.join(seq) instead]");
        foreach (var item in PythonIteration.Iterate(value))
        {
            TemplateBudget.Step();
            total = PythonOperators.Add(total, arguments[0].Or(null) is { } attribute ? AttributePath.Read(item, attribute) : item);
        }

        return total;
    }

    public static TemplateGenerator Batch(object? value, Bound[] arguments)
    {
        var size = arguments[0].Value;
        var fill = arguments[1].Or(null);
        return new TemplateGenerator(Batches());

        IEnumerable<object?> Batches()
        {
            var batch = new List<object?>();
            foreach (var item in PythonIteration.Iterate(value))
            {
                TemplateBudget.Step();
                if (PythonComparison.Equal(PythonNumbers.Box(batch.Count), size))
                {
                    yield return new TemplateList(batch);
                    batch = [];
                }

                TemplateBudget.Items(1);
                batch.Add(item);
            }

            if (batch.Count == 0)
                yield break;
            if (fill is not null && PythonNumbers.Operand(size) - batch.Count is var missing and > 0)
            {
                TemplateBudget.Items(missing);
                batch.AddRange(Enumerable.Repeat(fill, (int)missing));
            }

            yield return new TemplateList(batch);
        }
    }

    public static TemplateGenerator Slice(object? value, Bound[] arguments)
    {
        var slices = PythonNumbers.Operand(arguments[0].Value);
        var fill = arguments[1].Or(null);
        return new TemplateGenerator(Slices());

        IEnumerable<object?> Slices()
        {
            var items = PythonIteration.ToList(value);
            if (slices == 0)
                throw new TemplateException(TemplateErrorKind.ZeroDivision, "integer division or modulo by zero");
            var (size, larger) = (items.Count / slices, items.Count % slices);
            var start = 0;
            for (var i = 0L; i < slices; i++)
            {
                TemplateBudget.Step();
                var count = (int)(size + (i < larger ? 1 : 0));
                TemplateBudget.Items(count + 1);
                var slice = new TemplateList(items.GetRange(start, count));
                if (fill is not null && i >= larger)
                    slice.Items.Add(fill);
                start += count;
                yield return slice;
            }
        }
    }

    /// <summary>The items of a value whose last can be reached; <see langword="null"/> where it cannot.</summary>
    private static IReadOnlyList<object?>? Reversible(object? value) => value switch
    {
        TemplateList list => list.Items,
        TemplateTuple tuple => tuple.Items,
        TemplateGenerator or TemplateLoop => null,
        _ => PythonIteration.IsIterable(value) ? PythonIteration.ToList(value) : null,
    };
}
