namespace FineTune.Prompts.Templates;

/// <summary>A function of the library, or a method bound to its object.</summary>
internal sealed class TemplateFunction(string name, Func<TemplateRun, TemplateArguments, object?> body, object? self = null) : TemplateCallable(224)
{
    public string Name => name;

    /// <summary>What a method belongs to.</summary>
    public object? Self => self;

    public override string TypeName => self is null ? "function" : "builtin_function_or_method";

    public override string Repr() => self is null ? $"<function {name}>" : $"<built-in method {name} of {PythonTypes.NameOf(self)} object>";

    public override object? Call(TemplateRun run, TemplateArguments arguments) => body(run, arguments);
}
