namespace FineTune.Prompts.Templates;

/// <summary>A tuple, of which some have names for their items.</summary>
internal sealed class TemplateTuple(params IReadOnlyList<object?> items)
{
    public IReadOnlyList<object?> Items { get; } = items;

    /// <summary>The items' names, of a named tuple.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
