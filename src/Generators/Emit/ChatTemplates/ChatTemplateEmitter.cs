using FineTune.Templates;

namespace FineTune.Emit.ChatTemplates;

/// <summary>Writes a chat template as a class.</summary>
internal static class ChatTemplateEmitter
{
    /// <summary>The namespace of compiled templates. Users have no types in it, so that its usings cannot be ambiguous.</summary>
    public const string Namespace = "FineTune.Generated";

    /// <summary>A file with the class of one template.</summary>
    /// <param name="className">The class.</param>
    /// <param name="model">The model that the template belongs to, for the comment.</param>
    /// <param name="source">The template's text.</param>
    /// <param name="template">The template.</param>
    public static string Emit(string className, string model, string source, BoundTemplate template)
    {
        var writer = new SourceWriter();
        GeneratedHeader.Write(writer, Namespace);
        writer.Line("#pragma warning disable").Line();
        writer.Line("using FineTune.Prompts;").Line("using FineTune.Prompts.Templates;").Line();
        EmitClass(writer, className, model, source, template);
        return writer.ToString();
    }

    /// <summary>Writes the class alone.</summary>
    public static void EmitClass(SourceWriter writer, string className, string model, string source, BoundTemplate template)
    {
        var names = new TemplateNames();
        var body = TemplateStatementEmitter.Emit(template, names);
        writer.Line($"/// <summary>The chat template of <c>{SourceWriter.Comment(model)}</c>.</summary>");
        writer.Line(GeneratedHeader.Attribute);
        writer.Line($"internal sealed class {className} : ChatTemplate");
        writer.Block(() =>
        {
            foreach (var declaration in names.Declarations)
                writer.Line(declaration);
            if (names.Declarations.Count > 0)
                writer.Line();
            writer.Line("/// <summary>Creates the template.</summary>");
            writer.Line($"public {className}()");
            writer.Line($"    : base({SourceWriter.Literal(source)}, hasGenerationBlocks: {(template.HasGenerationBlocks ? "true" : "false")})");
            writer.Line("{").Line("}").Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("protected override void Run(TemplateRun run, TemplateText text)");
            writer.Block(() => body.WriteTo(writer));
        });
    }
}
