namespace FineTune.Templates;

/// <summary>How large and how deep a template may be: beyond, it is broken or hostile, and reading it would exhaust the stack.</summary>
internal static class ParserLimits
{
    /// <summary>Characters.</summary>
    public const int Length = 1_000_000;

    /// <summary>Tags within tags.</summary>
    public const int Statements = 80;

    /// <summary>Expressions within expressions, as they are written.</summary>
    public const int Nesting = 80;

    /// <summary>The height of an expression's tree: a long sum is high without being nested.</summary>
    public const int Height = 150;
}
