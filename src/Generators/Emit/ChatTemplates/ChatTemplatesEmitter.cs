using FineTune.Model;

namespace FineTune.Emit.ChatTemplates;

/// <summary>Writes the list of a project's compiled templates.</summary>
internal static class ChatTemplatesEmitter
{
    public const string HintName = "ChatTemplates.g.cs";

    public static string Emit(IEnumerable<ChatTemplateClass> classes)
    {
        var writer = new SourceWriter();
        GeneratedHeader.Write(writer, ChatTemplateEmitter.Namespace);
        writer.Line("/// <summary>The chat templates that the build compiled.</summary>");
        writer.Line(GeneratedHeader.Attribute);
        writer.Line("internal static class ChatTemplates");
        writer.Block(() =>
        {
            writer.Line("/// <summary>All of them: what to give to <c>ChatTemplate.FromModelFolder</c>, so that these are taken and none is interpreted.</summary>");
            writer.Line("public static readonly global::System.Collections.Generic.IReadOnlyList<global::FineTune.Prompts.ChatTemplate> All =");
            writer.Line("[");
            writer.Indented(() =>
            {
                foreach (var known in classes)
                    writer.Line($"new {known.ClassName}(),");
            });
            writer.Line("];");
        });
        return writer.ToString();
    }
}
