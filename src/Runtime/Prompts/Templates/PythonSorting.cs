namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>sorted</c>: stable, by <c>&lt;</c> alone.</summary>
internal static class PythonSorting
{
    /// <param name="items">What is sorted.</param>
    /// <param name="key">What is compared.</param>
    /// <param name="reverse">Whether the largest come first.</param>
    /// <param name="equalFirst">Whether equal keys need no order, as items of lists do not.</param>
    public static List<T> Sorted<T>(IReadOnlyCollection<T> items, Func<T, object?> key, bool reverse, bool equalFirst = false)
    {
        TemplateBudget.Items(items.Count);
        TemplateBudget.Steps((long)(items.Count * Math.Log2(items.Count + 1) / 4));
        var keyed = items.Select((item, index) => (Item: item, Key: key(item), Index: index)).ToArray();
        try
        {
            // With equal keys in their order, the sort is stable; reversed, they keep it too.
            Array.Sort(keyed, (left, right) =>
            {
                var order = equalFirst && PythonComparison.Equal(left.Key, right.Key) ? 0 : PythonComparison.Compare(left.Key, right.Key, "<") ?? 0;
                return order == 0 ? left.Index.CompareTo(right.Index) : reverse ? -order : order;
            });
        }
        catch (InvalidOperationException exception) when (exception.InnerException is TemplateException inner)
        {
            throw new TemplateException(inner.Kind, inner.Message);
        }

        return [.. keyed.Select(entry => entry.Item)];
    }

    /// <summary>A text in lower case, so that sorting ignores case; other values as they are.</summary>
    public static object? IgnoreCase(object? value) => PythonTypes.TextOf(value) is { } text ? PythonCase.Lower(text) : value;
}
