using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>All diagnostics of the generator and the analyzer.</summary>
internal static class Descriptors
{
    public static readonly IReadOnlyList<DiagnosticDescriptor> All =
    [
        .. RecipeDiagnostics.All, .. FactDiagnostics.All, .. PromptDiagnostics.All, .. TemplateDiagnostics.All, .. DataDiagnostics.All,
    ];

    private static readonly Dictionary<string, DiagnosticDescriptor> ById =
        All.ToDictionary(descriptor => descriptor.Id, StringComparer.Ordinal);

    public static DiagnosticDescriptor Get(string id) => ById[id];
}
