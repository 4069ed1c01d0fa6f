namespace FineTune.Templates;

/// <summary>A part of a template with variables that end with it.</summary>
/// <param name="Code">What runs it.</param>
/// <param name="Loads">Its variables, and what they start with.</param>
internal sealed record Scope(TemplateCode Code, IReadOnlyList<ScopeLoad> Loads);
