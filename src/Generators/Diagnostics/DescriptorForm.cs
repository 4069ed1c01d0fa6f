using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>The form that all descriptors have: the message is whole, and the page is the code's. Apart from the tables, which begin by it.</summary>
internal static class DescriptorForm
{
    /// <summary>Makes a descriptor.</summary>
    public static DiagnosticDescriptor Of(string id, string title, string category, DiagnosticSeverity severity) =>
        new(id, title, "{0}", category, severity, isEnabledByDefault: true, helpLinkUri: DiagnosticPages.Of(id));
}
