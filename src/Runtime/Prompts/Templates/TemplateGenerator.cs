namespace FineTune.Prompts.Templates;

/// <summary>What filters such as <c>map</c> give: items that are computed when they are asked for, and once.</summary>
internal sealed class TemplateGenerator(IEnumerable<object?> items, string typeName = "generator") : TemplateObject(320)
{
    private readonly IEnumerator<object?> _items = items.GetEnumerator();

    public override string TypeName => typeName;

    public override string Repr() => $"<{typeName} object>";

    /// <summary>The items that are left.</summary>
    public IEnumerable<object?> Rest()
    {
        while (_items.MoveNext())
            yield return _items.Current;
    }
}
