namespace FineTune.Templates;

/// <summary>
/// A part of a template that runs with variables of its own: the template itself, a macro, a block, a recursive loop, the
/// condition of a loop. It sees the variables of the parts around it as they are when it runs.
/// </summary>
/// <param name="parent">The part around it.</param>
internal sealed class TemplateCode(TemplateCode? parent)
{
    private readonly List<Slot> _slots = [];

    public TemplateCode? Parent { get; } = parent;

    public IReadOnlyList<Slot> Slots => _slots;

    public Slot AddSlot(string name)
    {
        var slot = new Slot(name, this, _slots.Count);
        _slots.Add(slot);
        return slot;
    }
}
