namespace FineTune.Prompts.Templates;

/// <summary>What a template sees as <c>loop</c>.</summary>
/// <param name="iterable">What is gone through.</param>
/// <param name="cost">What an item costs, in steps of the budget.</param>
/// <param name="depth">How many recursive loops there are around it.</param>
/// <param name="recurse">Runs a recursive loop on other items, one level deeper.</param>
internal sealed class TemplateLoop(object? iterable, int cost, int depth = 0, Func<object?, int, object?>? recurse = null) : TemplateCallable(200)
{
    private static readonly object None = new();

    private IEnumerator<object?> _items = PythonIteration.Iterate(iterable).GetEnumerator();
    private object? _after = None;
    private object? _before = None;
    private object? _current = None;
    private object? _changed = None;
    private int _index = -1;
    private int? _length;

    public override string TypeName => "LoopContext";

    public object? Current => _current;

    /// <summary>The number of all items. Where only the items themselves tell, all are taken now.</summary>
    public int Length
    {
        get
        {
            if (_length is { } known)
                return known;
            _length = iterable is TemplateGenerator ? null : PythonIteration.Length(iterable);
            if (_length is { } length)
                return length;
            var rest = new List<object?>();
            while (_items.MoveNext())
            {
                TemplateBudget.Items(1);
                TemplateBudget.Step();
                rest.Add(_items.Current);
            }

            _items = rest.GetEnumerator();
            _length = rest.Count + _index + 1 + (ReferenceEquals(_after, None) ? 0 : 1);
            return _length.Value;
        }
    }

    public bool Next()
    {
        TemplateBudget.Steps(cost);
        object? next;
        if (!ReferenceEquals(_after, None))
            (next, _after) = (_after, None);
        else if (_items.MoveNext())
            next = _items.Current;
        else
            return false;
        _index++;
        (_before, _current) = (_current, next);
        return true;
    }

    /// <summary>The items that are left, each with the loop, as Python's iterator gives them.</summary>
    public IEnumerable<object?> Rest()
    {
        while (Next())
            yield return new TemplateTuple(_current, this);
    }

    public override string Repr() => $"<LoopContext {_index + 1}/{Length}>";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => PythonNumbers.Box(_index + 1),
            "index0" => PythonNumbers.Box(_index),
            "first" => _index == 0,
            "last" => !Peek(),
            "length" => PythonNumbers.Box(Length),
            "revindex" => PythonNumbers.Box(Length - _index),
            "revindex0" => PythonNumbers.Box(Length - _index - 1),
            "previtem" => _index == 0 ? Undefined.Hint("there is no previous item") : _before,
            "nextitem" => Peek() ? _after : Undefined.Hint("there is no next item"),
            "depth" => PythonNumbers.Box(depth + 1),
            "depth0" => PythonNumbers.Box(depth),
            "cycle" => new TemplateFunction("cycle", (_, arguments) => Cycle(arguments), this),
            "changed" => new TemplateFunction("changed", (_, arguments) => Changed(arguments), this),
            _ => None,
        };
        return !ReferenceEquals(value, None);
    }

    public override object? Call(TemplateRun run, TemplateArguments arguments)
    {
        var items = arguments.Positionals("loop", 1, 1)[0];
        return recurse is null
            ? throw TemplateException.Type("The loop must have the 'recursive' marker to be called recursively.")
            : recurse(items, depth + 1);
    }

    private bool Peek()
    {
        if (ReferenceEquals(_after, None) && _items.MoveNext())
            _after = _items.Current;
        return !ReferenceEquals(_after, None);
    }

    private object? Cycle(TemplateArguments arguments) => arguments.Count == 0
        ? throw TemplateException.Type("no items for cycling given")
        : arguments.Positional[_index % arguments.Count];

    private object Changed(TemplateArguments arguments)
    {
        var value = new TemplateTuple(arguments.Positional);
        if (!ReferenceEquals(_changed, None) && PythonComparison.Equal(_changed, value))
            return false;
        _changed = value;
        return true;
    }
}
