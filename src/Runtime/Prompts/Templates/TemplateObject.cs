namespace FineTune.Prompts.Templates;

/// <summary>A value that is neither text, number nor collection: functions, loops, namespaces, views.</summary>
internal abstract class TemplateObject
{
    /// <summary>The name of its type in Python, for messages.</summary>
    public abstract string TypeName { get; }

    public abstract string Repr();

    /// <summary>An attribute, if there is one of this name.</summary>
    public virtual bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }
}
