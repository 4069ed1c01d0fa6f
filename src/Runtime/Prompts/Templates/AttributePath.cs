namespace FineTune.Prompts.Templates;

/// <summary>The argument <c>attribute</c> of filters: names and indices with dots between them.</summary>
internal static class AttributePath
{
    /// <summary>What the path leads to.</summary>
    /// <param name="item">Where it begins.</param>
    /// <param name="path">The path, or an index.</param>
    /// <param name="otherwise">What stands for something undefined on the way.</param>
    public static object? Read(object? item, object? path, object? otherwise = null)
    {
        foreach (var part in Parts(path))
        {
            item = TemplateRun.Item(item, part);
            if (otherwise is not null && item is Undefined)
                item = otherwise;
        }

        return item;
    }

    private static IEnumerable<object?> Parts(object? path) => path is string text
        ? text.Split('.').Select(part => part.Length > 0 && part.All(char.IsDigit) && long.TryParse(part, out var index) ? PythonNumbers.Box(index) : (object?)part)
        : path is null ? [] : [path];
}
