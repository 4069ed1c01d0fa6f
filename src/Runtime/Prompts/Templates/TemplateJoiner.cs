namespace FineTune.Prompts.Templates;

/// <summary>What <c>joiner()</c> makes: nothing when it is called first, then its separator.</summary>
internal sealed class TemplateJoiner(string separator) : TemplateCallable
{
    private bool _used;

    public override string TypeName => "Joiner";

    public override string Repr() => "<Joiner object>";

    public override object? Call(TemplateRun run, TemplateArguments arguments)
    {
        arguments.Positionals("joiner", 0, 0);
        if (_used)
            return separator;
        _used = true;
        return "";
    }
}
