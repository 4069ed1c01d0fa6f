using FineTune.Model;

namespace FineTune.Emit;

/// <summary>
/// Writes the class of a recipe with mistakes, so that code that names it does not add errors of its own: the build fails by
/// the mistakes alone.
/// </summary>
internal static class BrokenRecipeEmitter
{
    public static string Emit(BrokenRecipe recipe)
    {
        var writer = new SourceWriter();
        GeneratedHeader.Write(writer, recipe.Namespace);
        var name = Identifiers.Escape(recipe.Name);
        writer.Line("/// <summary>A recipe with mistakes, which the build reports.</summary>");
        writer.Line(GeneratedHeader.Attribute);
        var row = recipe.RowTypeName ?? "Row";
        writer.Line(recipe.RowTypeName is null
            ? $"public sealed partial class {name} : global::FineTune.Recipes.TrainingPipeline<{name}.Row>"
            : $"partial class {name} : global::FineTune.Recipes.TrainingPipeline<{row}>");
        writer.Block(() =>
        {
            Member("public override global::FineTune.Recipes.RecipeOptions Options");
            Member($"protected override {row} ReadRow(ref global::System.Text.Json.Utf8JsonReader reader)");
            Member($"protected override void Format({row} row, global::FineTune.Prompts.PromptBuilder prompt)");
            if (recipe.RowTypeName is not null)
                return;
            writer.Line("/// <summary>A row of the data.</summary>");
            writer.Line("public sealed record Row;");
        });
        return writer.ToString();

        void Member(string declaration)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"{declaration} => throw new global::System.InvalidOperationException(\"The recipe has mistakes.\");");
            writer.Line();
        }
    }

    /// <summary>The generated file's name.</summary>
    public static string HintName(BrokenRecipe recipe) =>
        RecipeEmitter.HintName(recipe.Namespace, recipe.Name, "Broken");
}
