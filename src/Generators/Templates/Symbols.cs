namespace FineTune.Templates;

/// <summary>
/// The names of a scope while it is analysed. Jinja decides before a template runs which variable each name means and what that
/// starts with; a name that is assigned anywhere in a scope is a variable of that scope. These are its rules.
/// </summary>
internal sealed class Symbols
{
    private readonly Symbols? _parent;
    private readonly TemplateCode _code;

    // Shared by the copies that branches work on: a name is one variable in all of them.
    private readonly Dictionary<string, Slot> _slots;
    private readonly Dictionary<string, Slot> _references;
    private readonly Dictionary<Slot, ScopeLoad> _loads;
    private readonly List<Slot> _order;
    private readonly HashSet<string> _stores;

    public Symbols(Symbols? parent, TemplateCode code)
        : this(parent, code, [], [], [], [], [])
    {
    }

    private Symbols(
        Symbols? parent,
        TemplateCode code,
        Dictionary<string, Slot> slots,
        Dictionary<string, Slot> references,
        Dictionary<Slot, ScopeLoad> loads,
        List<Slot> order,
        HashSet<string> stores)
    {
        _parent = parent;
        _code = code;
        _slots = slots;
        _references = references;
        _loads = loads;
        _order = order;
        _stores = stores;
    }

    /// <summary>What the scope's variables start with.</summary>
    public Scope ToScope() => new(_code, [.. _order.Select(slot => _loads[slot])]);

    /// <summary>A copy for a branch.</summary>
    public Symbols Copy() => new(_parent, _code, _slots, new(_references), new(_loads), [.. _order], [.. _stores]);

    /// <summary>The variable that a name means here; <see langword="null"/> if it has not occurred.</summary>
    public Slot? Find(string name) => _references.TryGetValue(name, out var slot) ? slot : _parent?.Find(name);

    /// <summary>The names that are assigned here or further out, with their variables.</summary>
    public IReadOnlyList<(string Name, Slot Slot)> Stored()
    {
        var found = new Dictionary<string, Slot>();
        for (var symbols = this; symbols is not null; symbols = symbols._parent)
        {
            foreach (var name in symbols._stores)
            {
                if (!found.ContainsKey(name))
                    found.Add(name, Find(name)!);
            }
        }

        return [.. found.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal)];
    }

    public Slot DeclareParameter(string name)
    {
        _stores.Add(name);
        return Define(name, slot => new(slot, ScopeLoadKind.Parameter));
    }

    public void Load(string name)
    {
        if (Find(name) is null)
            Define(name, slot => new(slot, ScopeLoadKind.Resolve));
    }

    public void Store(string name)
    {
        _stores.Add(name);
        if (_references.ContainsKey(name))
            return;
        var outer = _parent?.Find(name);
        Define(name, slot => outer is not null ? new(slot, ScopeLoadKind.Alias, outer) : new(slot, ScopeLoadKind.Missing));
    }

    /// <summary>Takes over what the branches of a condition did: a name that only some assign may keep its earlier value.</summary>
    public void Merge(IReadOnlyList<Symbols> branches)
    {
        var stores = new HashSet<string>(branches.SelectMany(branch => branch._stores));
        stores.ExceptWith(_stores);
        foreach (var branch in branches)
        {
            foreach (var pair in branch._references)
                _references[pair.Key] = pair.Value;
            foreach (var slot in branch._order)
                SetLoad(branch._loads[slot]);
            _stores.UnionWith(branch._stores);
        }

        foreach (var name in stores)
        {
            var slot = Find(name)!;
            var outer = _parent?.Find(name);
            SetLoad(outer is not null ? new(slot, ScopeLoadKind.Alias, outer) : new(slot, ScopeLoadKind.Resolve));
        }
    }

    private Slot Define(string name, Func<Slot, ScopeLoad> load)
    {
        if (!_slots.TryGetValue(name, out var slot))
            _slots.Add(name, slot = _code.AddSlot(name));
        _references[name] = slot;
        SetLoad(load(slot));
        return slot;
    }

    private void SetLoad(ScopeLoad load)
    {
        if (!_loads.ContainsKey(load.Slot))
            _order.Add(load.Slot);
        _loads[load.Slot] = load;
    }
}
