using FineTune.Model;

namespace FineTune.Reading;

/// <summary>A recipe of the C# surface.</summary>
/// <param name="Model">The recipe, or <see langword="null"/> if it, its model or its row has mistakes.</param>
/// <param name="Problems">The mistakes of the recipe itself; those of types in the same compilation are told at those.</param>
internal sealed record RecipeDeclaration(RecipeModel? Model, IReadOnlyList<SymbolProblem> Problems)
{
    /// <summary>What it makes of its model's chat template, also where it has mistakes.</summary>
    public ChatTemplateUse? ChatTemplate { get; init; }

    /// <summary>The row's type as generated code writes it, where the class can be a pipeline although the recipe has mistakes.</summary>
    public string? RowTypeName { get; init; }
}
