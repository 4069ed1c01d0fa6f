using FineTune.Emit.ChatTemplates;
using FineTune.Model;

namespace FineTune.Emit;

/// <summary>Writes a recipe's pipeline: its data and wiring. What it does with them is code of the runtime.</summary>
internal static class RecipeEmitter
{
    /// <summary>Writes a pipeline.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="hasTemplates">Whether the build compiled chat templates.</param>
    public static string Emit(RecipeModel recipe, bool hasTemplates)
    {
        var writer = new SourceWriter();
        GeneratedHeader.Write(writer, recipe.Namespace);
        var name = Identifiers.Escape(recipe.Name);
        var row = recipe.Row.Generated ? $"{name}.{recipe.Row.TypeName}" : recipe.Row.TypeName;
        if (recipe.Source is { } source)
            writer.Line($"/// <summary>The training pipeline of <c>{SourceWriter.Comment(source)}</c>.</summary>");
        writer.Line(GeneratedHeader.Attribute);
        writer.Line($"{(recipe.Source is null ? "" : "public sealed ")}partial class {name} : global::FineTune.Recipes.TrainingPipeline<{row}>");
        writer.Block(() =>
        {
            OptionsEmitter.Emit(recipe, writer);
            writer.Line();
            TextColumnsEmitter.Emit(recipe.Row, writer);
            RowEmitter.EmitReader(recipe, writer);
            writer.Line();
            PromptEmitter.Emit(recipe, writer);
            if (hasTemplates && recipe.Shape is { Type: "messages" or "sharegpt" or "prompt_completion" })
            {
                writer.Line();
                writer.Line("/// <inheritdoc/>");
                writer.Line($"protected override global::System.Collections.Generic.IReadOnlyList<global::FineTune.Prompts.ChatTemplate> ChatTemplates => global::{ChatTemplateEmitter.Namespace}.ChatTemplates.All;");
            }

            if (!recipe.Row.Generated)
                return;
            writer.Line();
            RowEmitter.EmitType(recipe.Row, writer);
        });
        return writer.ToString();
    }

    /// <summary>The generated file's name: unique, in ASCII, without a path.</summary>
    public static string HintName(RecipeModel recipe) => HintName(recipe.Namespace, recipe.Name, "Recipe");

    /// <summary>The name of a file that is generated for a class.</summary>
    public static string HintName(string @namespace, string name, string kind) =>
        string.Concat($"{@namespace}.{name}".TrimStart('.').Select(character => character < 128 ? character.ToString() : $"-{(int)character:x4}"))
        + $".{kind}.g.cs";
}
