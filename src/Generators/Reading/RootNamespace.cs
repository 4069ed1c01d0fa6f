using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune.Reading;

/// <summary>The namespace of what YAML declares.</summary>
internal static class RootNamespace
{
    /// <summary>The project's root namespace, or its assembly's name; empty if neither can be one.</summary>
    public static string Of(AnalyzerConfigOptions options, string? assemblyName)
    {
        var name = options.TryGetValue("build_property.RootNamespace", out var given) && given.Length > 0 ? given : assemblyName ?? "";
        var parts = name.Split('.').Select(MakeIdentifier).Where(part => part.Length > 0);
        return string.Join(".", parts);
    }

    // As MSBuild does it for the names of projects: my-project is my_project.
    private static string MakeIdentifier(string part)
    {
        var identifier = new string([.. part.Select(character => SyntaxFacts.IsIdentifierPartCharacter(character) ? character : '_')]);
        return identifier.Length == 0 || SyntaxFacts.IsIdentifierStartCharacter(identifier[0]) ? identifier : "_" + identifier;
    }
}
