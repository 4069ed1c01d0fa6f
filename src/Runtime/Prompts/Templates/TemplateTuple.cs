namespace FineTune.Prompts.Templates;

/// <summary>A tuple, of which some have names for their items.</summary>
internal sealed class TemplateTuple(params IReadOnlyList<object?> items)
{
    public IReadOnlyList<object?> Items { get; } = Create(items);

    /// <summary>The items' names, of a named tuple.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    private static IReadOnlyList<object?> Create(IReadOnlyList<object?> items)
    {
        TemplateBudget.Value(64);
        return items;
    }
}
