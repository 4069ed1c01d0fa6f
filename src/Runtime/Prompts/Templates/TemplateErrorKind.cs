namespace FineTune.Prompts.Templates;

/// <summary>What went wrong in a template; the names are those of Python's and Jinja's exceptions.</summary>
internal enum TemplateErrorKind
{
    /// <summary>The template called <c>raise_exception</c>.</summary>
    Raise,

    /// <summary>Something undefined was used.</summary>
    Undefined,

    /// <summary>Access that templates do not have.</summary>
    Security,

    /// <summary>The template's text is wrong.</summary>
    Syntax,

    /// <summary>A range or a number is too large.</summary>
    Overflow,

    /// <summary>Division by zero.</summary>
    ZeroDivision,

    /// <summary>Calls or values nested too deeply.</summary>
    Recursion,

    /// <summary>An operation on values of the wrong type.</summary>
    Type,

    /// <summary>A value that an operation does not take.</summary>
    Value,

    /// <summary>An attribute that Python misses.</summary>
    Attribute,

    /// <summary>An index out of range.</summary>
    Index,

    /// <summary>A key that is not there.</summary>
    Key,

    /// <summary>Other errors.</summary>
    Runtime,

    /// <summary>The template needs more time or memory than a template may.</summary>
    Limit,
}
