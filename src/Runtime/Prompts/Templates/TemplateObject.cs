namespace FineTune.Prompts.Templates;

/// <summary>A value that is neither text, number nor collection: functions, loops, namespaces, views.</summary>
internal abstract class TemplateObject
{
    /// <summary>Creates a value.</summary>
    /// <param name="size">About how many bytes it takes, with what only it refers to.</param>
    protected TemplateObject(int size = 48) => TemplateBudget.Value(size);

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
