using FineTune.Model;

namespace FineTune.Emit;

/// <summary>Writes how a row becomes a prompt.</summary>
internal static class PromptEmitter
{
    public static void Emit(RecipeModel recipe, SourceWriter writer)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override void Format({recipe.Row.TypeName} row, global::FineTune.Prompts.PromptBuilder prompt)");
        writer.Block(() =>
        {
            if (recipe.Shape is { } shape)
            {
                writer.Line(ShapeText.Format(shape));
                return;
            }

            foreach (var part in recipe.Prompt)
                writer.Line($"prompt.{(part.Trained ? "Completion" : "Text")}({Expression(part)});");
        });
    }

    private static string Expression(PromptPart part)
    {
        if (part.Field is not { } type)
            return SourceWriter.Literal(part.Text);
        var property = "row." + Identifiers.Escape(part.Text);
        return type switch
        {
            ColumnType.String => part.Optional ? property + " ?? \"\"" : property,
            ColumnType.Boolean when part.Optional => property + " switch { true => \"true\", false => \"false\", null => \"\" }",
            ColumnType.Boolean => property + " ? \"true\" : \"false\"",
            _ => property + (part.Optional ? "?" : "") + ".ToString(global::System.Globalization.CultureInfo.InvariantCulture)" + (part.Optional ? " ?? \"\"" : ""),
        };
    }
}
