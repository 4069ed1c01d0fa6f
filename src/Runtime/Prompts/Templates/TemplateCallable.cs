namespace FineTune.Prompts.Templates;

/// <summary>A value that can be called.</summary>
internal abstract class TemplateCallable(int size = 48) : TemplateObject(size)
{
    public abstract object? Call(TemplateRun run, TemplateArguments arguments);
}
