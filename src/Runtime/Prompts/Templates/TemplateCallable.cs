namespace FineTune.Prompts.Templates;

/// <summary>A value that can be called.</summary>
internal abstract class TemplateCallable : TemplateObject
{
    public abstract object? Call(TemplateRun run, TemplateArguments arguments);
}
