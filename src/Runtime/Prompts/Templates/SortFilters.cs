namespace FineTune.Prompts.Templates;

/// <summary>The filters that compare items, most without regard to case.</summary>
internal static class SortFilters
{
    public static TemplateList Sort(TemplateRun run, object? value, Bound[] arguments)
    {
        var key = Key(arguments[1]);
        var attribute = arguments[2].Or(null);
        // Several attributes, with commas, are compared one after the other.
        object?[] paths = attribute is string text ? text.Split(',') : [attribute];
        return new TemplateList(PythonSorting.Sorted(
            PythonIteration.ToList(value),
            item => paths.Length == 1
                ? key(AttributePath.Read(item, paths[0]))
                : new TemplateTuple([.. paths.Select(path => key(AttributePath.Read(item, path)))]),
            PythonIteration.IsTrue(arguments[0].Or(false)),
            equalFirst: true));
    }

    public static TemplateList DictSort(object? value, Bound[] arguments)
    {
        var key = Key(arguments[0]);
        var byValue = (arguments[1].Or("key") as string) switch
        {
            "key" => false,
            "value" => true,
            _ => throw new TemplateException(TemplateErrorKind.Runtime, "You can only sort by either \"key\" or \"value\""),
        };
        if (value is Undefined undefined)
            throw undefined.Fail();
        if (value is not TemplateDict dict)
            throw new TemplateException(TemplateErrorKind.Attribute, $"'{PythonTypes.NameOf(value)}' object has no attribute 'items'");
        var sorted = PythonSorting.Sorted(dict.Entries, entry => key(byValue ? entry.Value : entry.Key), PythonIteration.IsTrue(arguments[2].Or(false)));
        return new TemplateList(sorted.Select(entry => (object?)new TemplateTuple(entry.Key, entry.Value)));
    }

    public static object? Extreme(TemplateRun run, object? value, Bound[] arguments, bool max)
    {
        var key = Key(arguments[0]);
        var attribute = arguments[1].Or(null);
        object? best = Undefined.Hint("No aggregated item, sequence was empty.");
        object? bestKey = null;
        var first = true;
        foreach (var item in PythonIteration.Iterate(value))
        {
            TemplateBudget.Step();
            var itemKey = key(AttributePath.Read(item, attribute));
            if (first || (max ? PythonComparison.Compare(itemKey, bestKey, ">") > 0 : PythonComparison.Compare(itemKey, bestKey, "<") < 0))
                (best, bestKey) = (item, itemKey);
            first = false;
        }

        return best;
    }

    public static TemplateGenerator Unique(TemplateRun run, object? value, Bound[] arguments)
    {
        var key = Key(arguments[0]);
        var attribute = arguments[1].Or(null);
        return new TemplateGenerator(Items());

        IEnumerable<object?> Items()
        {
            var seen = new TemplateDict();
            foreach (var item in PythonIteration.Iterate(value))
            {
                TemplateBudget.Step();
                var itemKey = PythonHash.Check(key(AttributePath.Read(item, attribute)));
                if (seen.TryGet(itemKey, out _))
                    continue;
                TemplateBudget.Items(2);
                seen.Set(itemKey, null);
                yield return item;
            }
        }
    }

    public static TemplateList GroupBy(TemplateRun run, object? value, Bound[] arguments)
    {
        var (attribute, otherwise) = (arguments[0].Value, arguments[1].Or(null));
        var key = Key(arguments[2]);
        var sorted = PythonSorting.Sorted(PythonIteration.ToList(value), KeyOf, reverse: false);
        var groups = new List<(object? Key, List<object?> Items)>();
        foreach (var item in sorted)
        {
            var itemKey = KeyOf(item);
            if (groups.Count == 0 || !PythonComparison.Equal(groups[^1].Key, itemKey))
                groups.Add((itemKey, []));
            TemplateBudget.Items(1);
            groups[^1].Items.Add(item);
        }

        // The key as the first item has it, not in lower case.
        return new TemplateList(groups.Select(group => (object?)new TemplateTuple(
            AttributePath.Read(group.Items[0], attribute, otherwise), new TemplateList(group.Items))
        {
            Names = ["grouper", "list"],
        }));

        object? KeyOf(object? item) => key(AttributePath.Read(item, attribute, otherwise));
    }

    private static Func<object?, object?> Key(Bound caseSensitive) =>
        PythonIteration.IsTrue(caseSensitive.Or(false)) ? value => value : PythonSorting.IgnoreCase;
}
