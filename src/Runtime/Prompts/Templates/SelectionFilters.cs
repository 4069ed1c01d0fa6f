namespace FineTune.Prompts.Templates;

/// <summary>The filters that apply another filter or a test to every item; they do it when the items are asked for.</summary>
internal static class SelectionFilters
{
    public static object? Map(TemplateRun run, object? value, TemplateArguments arguments)
    {
        return new TemplateGenerator(Items());

        IEnumerable<object?> Items()
        {
            if (!PythonIteration.IsTrue(value))
                yield break;
            var map = Mapping(run, arguments);
            foreach (var item in PythonIteration.Iterate(value))
            {
                TemplateBudget.Step();
                yield return map(item);
            }
        }
    }

    public static object? Select(TemplateRun run, object? value, TemplateArguments arguments, bool keep, bool byAttribute)
    {
        return new TemplateGenerator(Items());

        IEnumerable<object?> Items()
        {
            if (!PythonIteration.IsTrue(value))
                yield break;
            var holds = Condition(run, arguments, byAttribute);
            foreach (var item in PythonIteration.Iterate(value))
            {
                TemplateBudget.Step();
                if (holds(item) == keep)
                    yield return item;
            }
        }
    }

    private static Func<object?, object?> Mapping(TemplateRun run, TemplateArguments arguments)
    {
        if (arguments.Count == 0 && arguments.TryGetNamed("attribute", out var attribute))
        {
            arguments.TryGetNamed("default", out var otherwise);
            foreach (var (name, _) in arguments.Named)
            {
                if (name is not ("attribute" or "default"))
                    throw new TemplateException(TemplateErrorKind.Runtime, $"Unexpected keyword argument {PythonText.Repr(name)}");
            }

            return item => AttributePath.Read(item, attribute, otherwise);
        }

        if (arguments.Count == 0)
            throw new TemplateException(TemplateErrorKind.Runtime, "map requires a filter argument");
        var filter = run.Filter(arguments.Positional[0], "filter");
        var rest = arguments.Skip(1);
        return item => filter.Apply(run, item, rest);
    }

    private static Func<object?, bool> Condition(TemplateRun run, TemplateArguments arguments, bool byAttribute)
    {
        if (byAttribute && arguments.Count == 0)
            throw new TemplateException(TemplateErrorKind.Runtime, "Missing parameter for attribute name");
        var attribute = byAttribute ? arguments.Positional[0] : null;
        var first = byAttribute ? 1 : 0;
        Func<object?, object?> read = byAttribute ? item => AttributePath.Read(item, attribute) : item => item;
        if (arguments.Count <= first)
            return item => PythonIteration.IsTrue(read(item));
        var test = TemplateRun.Test(arguments.Positional[first]);
        var rest = arguments.Skip(first + 1);
        return item => test.Holds(run, read(item), rest);
    }
}
