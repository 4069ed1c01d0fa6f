namespace FineTune.Templates;

/// <summary>A template whose text is wrong.</summary>
internal sealed class TemplateSyntaxException(string message, int line, TemplateProblem problem = TemplateProblem.Syntax) : Exception(message)
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    public TemplateProblem Problem { get; } = problem;
}
