using FineTune.Keys;

namespace FineTune.Rules;

/// <summary>A condition that a recipe's values meet together, beyond what each key says of its own.</summary>
/// <param name="Code">The diagnostic's code, under which a page explains it.</param>
/// <param name="Title">The diagnostic's title.</param>
/// <param name="Severity">How bad it is to break it.</param>
/// <param name="Key">The key at which a breach is told.</param>
/// <param name="Others">The other keys that it looks at: with one of them wrong there is nothing to say.</param>
/// <param name="Check">What is wrong and what to do, or <see langword="null"/>.</param>
internal sealed record RecipeRule(string Code, string Title, RuleSeverity Severity, Key Key, Key[] Others, Func<RuleContext, string?> Check)
{
    /// <summary>Whether it is for recipes alone: a run that is cut short on the command line breaks it without a mistake.</summary>
    public bool OfRecipesAlone { get; init; }

    /// <summary>Whether it looks at one section alone.</summary>
    public bool IsOf(KeySection section) => Key.Section == section && Others.All(other => other.Section == section);
}
