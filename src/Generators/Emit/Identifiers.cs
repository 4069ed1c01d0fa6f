using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Emit;

/// <summary>Identifiers as source code writes them.</summary>
internal static class Identifiers
{
    /// <summary>A name with dots, each part that is a keyword with an <c>@</c>.</summary>
    public static string Escape(string name) => string.Join(".", name.Split('.').Select(part =>
        SyntaxFacts.GetKeywordKind(part) == SyntaxKind.None ? part : "@" + part));
}
