namespace FineTune.Model;

/// <summary>Whether a recipe's rows are rendered by the chat template of its model.</summary>
/// <param name="Model">The model as the recipe names it.</param>
/// <param name="IsRendered">Whether they are, or may be, as it is not known what they are.</param>
internal sealed record ChatTemplateUse(string Model, bool IsRendered);
