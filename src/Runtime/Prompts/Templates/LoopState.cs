using System.ComponentModel;

namespace FineTune.Prompts.Templates;

/// <summary>A loop and what a template sees of it as <c>loop</c>. Generated templates use it; nothing else needs to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LoopState
{
    internal LoopState(TemplateLoop loop) => Loop = loop;

    /// <summary>The value of the variable <c>loop</c>.</summary>
    public object Value => Loop;

    /// <summary>The current item.</summary>
    public object? Current => Loop.Current;

    internal TemplateLoop Loop { get; }

    /// <summary>Goes on to the next item, if there is one.</summary>
    public bool Next() => Loop.Next();
}
