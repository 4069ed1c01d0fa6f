namespace FineTune.Templates;

/// <summary>An expression of a template.</summary>
/// <param name="line">The line that Jinja gives it, from 1.</param>
internal abstract class Expression(int line)
{
    public int Line { get; } = line;

    /// <summary>The expressions that it is made of, in the order in which they are written.</summary>
    public abstract IEnumerable<Expression> Children { get; }

    /// <summary>The levels of expressions within it, itself included.</summary>
    public int Depth { get; set; } = 1;

    /// <summary>What messages call it as a target of an assignment.</summary>
    public virtual string TypeName => GetType().Name.Replace("Expression", "").ToLowerInvariant();
}
