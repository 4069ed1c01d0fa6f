namespace FineTune.Rules;

/// <summary>How bad it is to break a rule.</summary>
internal enum RuleSeverity
{
    /// <summary>Nothing sensible can be meant.</summary>
    Error,

    /// <summary>It may be meant, but is more often a mistake.</summary>
    Warning,
}
