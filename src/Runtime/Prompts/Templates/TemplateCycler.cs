namespace FineTune.Prompts.Templates;

/// <summary>What <c>cycler()</c> makes: it gives one value after the other, again and again.</summary>
internal sealed class TemplateCycler(object?[] items) : TemplateObject
{
    private readonly object?[] _items = items.Length > 0 ? items : throw TemplateException.Type("at least one item has to be provided");
    private int _position;

    public override string TypeName => "Cycler";

    public override string Repr() => "<Cycler object>";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "items" => new TemplateTuple(_items),
            "pos" => PythonNumbers.Box(_position),
            "current" => _items[_position],
            "next" => new TemplateFunction(name, (_, _) => Next(), this),
            "reset" => new TemplateFunction(name, (_, _) => Reset(), this),
            _ => TemplateRun.Missing,
        };
        return !ReferenceEquals(value, TemplateRun.Missing);
    }

    private object? Next()
    {
        var item = _items[_position];
        _position = (_position + 1) % _items.Length;
        return item;
    }

    private object? Reset()
    {
        _position = 0;
        return null;
    }
}
