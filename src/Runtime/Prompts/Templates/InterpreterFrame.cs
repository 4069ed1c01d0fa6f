using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>The variables of a part of a template that runs.</summary>
internal sealed class InterpreterFrame
{
    private readonly TemplateCode _code;
    private readonly object?[] _values;

    public InterpreterFrame(TemplateCode code, InterpreterFrame? parent)
    {
        _code = code;
        Parent = parent;
        _values = new object?[code.Slots.Count];
        Array.Fill(_values, TemplateRun.Missing);
    }

    public InterpreterFrame? Parent { get; }

    public object? Get(Slot slot) => Owner(slot)._values[slot.Index];

    public void Set(Slot slot, object? value) => Owner(slot)._values[slot.Index] = value;

    private InterpreterFrame Owner(Slot slot)
    {
        var frame = this;
        while (frame._code != slot.Owner)
            frame = frame.Parent!;
        return frame;
    }
}
