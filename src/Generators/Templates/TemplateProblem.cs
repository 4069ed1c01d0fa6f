namespace FineTune.Templates;

/// <summary>What is wrong with a template's text.</summary>
internal enum TemplateProblem
{
    Syntax,
    UnknownTag,
    UnknownFilter,
    UnknownTest,
    BreakOutsideLoop,
    TooDeep,
    TooLarge,
}
