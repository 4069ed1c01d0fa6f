namespace FineTune.Prompts.Templates;

/// <summary>Python's slices.</summary>
internal static class PythonSlicing
{
    public static object? Slice(object? value, object? start, object? stop, object? step)
    {
        switch (value)
        {
            case Undefined undefined: throw undefined.Fail();
            case TemplateDict: throw TemplateException.Type("unhashable type: 'slice'");
            case string or Markup or TemplateList or TemplateTuple or TemplateRange or TemplateBytes: break;
            default: throw TemplateException.Type($"'{PythonTypes.NameOf(value)}' object is not subscriptable");
        }

        var (first, last, stride, count) = Limits(start, stop, step, PythonIteration.Length(value)!.Value);
        switch (value)
        {
            case TemplateList list: return new TemplateList(Pick(list.Items, first, stride, count));
            case TemplateTuple tuple: return new TemplateTuple(Pick(tuple.Items, first, stride, count));
            case TemplateRange range: return range.Slice(first, last, stride, count);
            case TemplateBytes bytes: return new TemplateBytes([.. Enumerable.Range(0, count).Select(i => bytes.Bytes[first + i * stride])]);
            default:
                var text = PythonTypes.TextOf(value)!;
                var slice = SliceText(text, first, stride, count);
                return value is Markup ? new Markup(slice) : slice;
        }
    }

    private static string SliceText(string text, int first, int stride, int count)
    {
        if (count == 0)
            return "";
        if (stride == 1)
        {
            TemplateBudget.Text(count);
            return PythonStrings.Slice(text, first, first + count);
        }

        var points = PythonStrings.CodePoints(text);
        return string.Concat(Enumerable.Range(0, count).Select(i => points[first + i * stride]));
    }

    private static List<object?> Pick(IReadOnlyList<object?> items, int first, int stride, int count)
    {
        TemplateBudget.Items(count);
        var picked = new List<object?>(count);
        for (var i = 0; i < count; i++)
            picked.Add(items[first + i * stride]);
        return picked;
    }

    private static (int First, int Last, int Stride, int Count) Limits(object? start, object? stop, object? step, int length)
    {
        var stride = step is null ? 1 : Whole(step);
        if (stride == 0)
            throw TemplateException.Value("slice step cannot be zero");
        var (lowest, highest) = stride > 0 ? (0, length) : (-1, length - 1);
        var first = start is null ? (stride > 0 ? lowest : highest) : Clamp(Whole(start));
        var last = stop is null ? (stride > 0 ? highest : lowest) : Clamp(Whole(stop));
        var count = stride > 0
            ? last > first ? (int)(((long)last - first - 1) / stride) + 1 : 0
            : first > last ? (int)(((long)first - last - 1) / -(long)stride) + 1 : 0;
        return (first, last, stride, count);

        int Clamp(int index) => Math.Clamp(index < 0 ? index + length : index, lowest, highest);
    }

    private static int Whole(object? value) =>
        PythonNumbers.Index(value) ?? throw TemplateException.Type("slice indices must be integers or None or have an __index__ method");
}
