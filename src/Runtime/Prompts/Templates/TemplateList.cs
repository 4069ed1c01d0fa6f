namespace FineTune.Prompts.Templates;

/// <summary>A list. Templates cannot change one.</summary>
internal sealed class TemplateList(IEnumerable<object?> items)
{
    public TemplateList()
        : this([])
    {
    }

    public List<object?> Items { get; } = Create(items);

    private static List<object?> Create(IEnumerable<object?> items)
    {
        TemplateBudget.Value(80);
        return [.. items];
    }
}
