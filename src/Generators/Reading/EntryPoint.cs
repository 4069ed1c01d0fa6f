using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>Whether a project needs an entry point.</summary>
internal static class EntryPoint
{
    /// <summary>The name that a generated entry point's class can have, or <see langword="null"/> if none is needed.</summary>
    public static string? ClassNameFor(Compilation compilation, string rootNamespace, CancellationToken cancellation)
    {
        if (compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication))
            return null;
        if (compilation.GetEntryPoint(cancellation) is not null)
            return null;
        var prefix = rootNamespace.Length == 0 ? "" : rootNamespace + ".";
        return compilation.Assembly.GetTypeByMetadataName(prefix + "Program") is null ? "Program" : "RecipeProgram";
    }
}
