namespace FineTune.Prompts.Templates;

/// <summary>A class of Python that templates may call.</summary>
internal sealed class TypeFunction(string name, Func<TemplateRun, TemplateArguments, object?> create) : TemplateCallable
{
    public override string TypeName => "type";

    public override string Repr() => $"<class '{name}'>";

    public override object? Call(TemplateRun run, TemplateArguments arguments) => create(run, arguments);
}
