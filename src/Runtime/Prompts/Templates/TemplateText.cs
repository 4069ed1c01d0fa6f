using System.ComponentModel;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Text that a template writes: its output, or what a macro or a block collects. Generated templates use it; nothing else needs to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TemplateText
{
    private readonly StringBuilder _text = new();

    internal int Length => _text.Length;

    /// <summary>The parts that generation blocks wrote; <see langword="null"/>: none.</summary>
    internal List<TrainedSpan>? Spans { get; private set; }

    /// <summary>Writes text of the template.</summary>
    public void Append(string text)
    {
        TemplateBudget.Text(_text.Length + (long)text.Length, text.Length);
        _text.Append(text);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    internal void AddSpan(TrainedSpan span) => (Spans ??= []).Add(span);
}
