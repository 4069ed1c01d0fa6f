namespace FineTune.Prompts.Templates;

/// <summary>The global <c>dict</c>.</summary>
internal sealed class DictFunction : TemplateCallable
{
    public override string TypeName => "TemplateDict";

    public override string Repr() => "<TemplateDict>";

    public override object? Call(TemplateRun run, TemplateArguments arguments) => TemplateGlobals.CreateDict(arguments);

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = new TemplateFunction(name, (_, arguments) => TemplateGlobals.FromKeys(arguments), this);
        return name == "fromkeys";
    }
}
