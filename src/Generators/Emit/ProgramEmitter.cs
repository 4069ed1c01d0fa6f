using FineTune.Model;

namespace FineTune.Emit;

/// <summary>Writes the entry point of a project that has none.</summary>
internal static class ProgramEmitter
{
    public const string HintName = "Program.g.cs";

    public static string Emit(ProgramModel program)
    {
        var writer = new SourceWriter();
        GeneratedHeader.Write(writer, program.Namespace);
        writer.Line("/// <summary>The command line of the project's recipes.</summary>");
        writer.Line(GeneratedHeader.Attribute);
        writer.Line($"internal static class {program.ClassName}");
        writer.Block(() =>
        {
            var pipelines = string.Join(", ", program.Recipes.Select(recipe => $"new global::{Identifiers.Escape(recipe)}()"));
            writer.Line($"private static int Main(string[] args) => global::FineTune.App.FineTuneApplication.Run(args, [{pipelines}]);");
        });
        return writer.ToString();
    }
}
