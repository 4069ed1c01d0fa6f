namespace FineTune.Prompts.Templates;

/// <summary>A list. Templates cannot change one.</summary>
internal sealed class TemplateList(IEnumerable<object?> items)
{
    public TemplateList()
        : this([])
    {
    }

    public List<object?> Items { get; } = [.. items];
}
