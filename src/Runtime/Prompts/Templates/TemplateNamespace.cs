namespace FineTune.Prompts.Templates;

/// <summary>What <c>namespace()</c> makes: the one thing that a template can change.</summary>
internal sealed class TemplateNamespace : TemplateObject
{
    public TemplateDict Values { get; } = new();

    public override string TypeName => "Namespace";

    /// <summary>Sets an attribute.</summary>
    /// <exception cref="TemplateException">The name is private.</exception>
    public void Set(string name, object? value)
    {
        if (name.StartsWith('_'))
        {
            throw new TemplateException(
                TemplateErrorKind.Security, $"Chat templates cannot store underscore-prefixed attributes on a namespace: {PythonText.Quote(name)}");
        }

        Values.Set(name, value);
    }

    public override string Repr() => PythonText.Repr(this);

    public override bool TryGetAttribute(string name, out object? value) => Values.TryGet(name, out value);
}
