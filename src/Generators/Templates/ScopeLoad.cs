namespace FineTune.Templates;

/// <summary>How a variable gets its first value where a scope begins.</summary>
internal enum ScopeLoadKind
{
    /// <summary>It is given: a parameter, the target of a loop.</summary>
    Parameter,

    /// <summary>It is looked up among the variables of the template and the globals.</summary>
    Resolve,

    /// <summary>It starts with the value of a variable of an outer scope.</summary>
    Alias,

    /// <summary>It has none yet.</summary>
    Missing,
}

/// <summary>The first value of a variable.</summary>
/// <param name="Slot">The variable.</param>
/// <param name="Kind">Where the value is from.</param>
/// <param name="From">The outer variable of an alias.</param>
internal sealed record ScopeLoad(Slot Slot, ScopeLoadKind Kind, Slot? From = null);
