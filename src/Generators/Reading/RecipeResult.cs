using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Reading;

/// <summary>What reading a recipe gives.</summary>
/// <param name="Model">The recipe, or <see langword="null"/> if it has mistakes.</param>
/// <param name="Name">Its name and the place of that, where it has one; kept beside the model for the check of duplicates.</param>
/// <param name="Files">The files that it names, with their places.</param>
/// <param name="Diagnostics">Its mistakes. They never travel with the model: a line that moves must not re-emit code.</param>
internal sealed record RecipeResult(RecipeModel? Model, RecipeName? Name, EquatableArray<RecipeFile> Files, EquatableArray<DiagnosticInfo> Diagnostics)
{
    /// <summary>What it makes of its model's chat template, also where it has mistakes.</summary>
    public ChatTemplateUse? ChatTemplate { get; init; }

    /// <summary>What stands for a recipe of the C# surface that has mistakes, where its class can be a pipeline.</summary>
    public BrokenRecipe? Broken { get; init; }
}
