using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>FT15xx: mistakes in what a recipe says of its rows: their files, their shape and their split.</summary>
internal static class DataDiagnostics
{
    private const string Category = "FineTune.Data";

    public static readonly DiagnosticDescriptor MalformedFile = Error(KeyFiles.Malformed, "A file of rows is a path or a mapping");
    public static readonly DiagnosticDescriptor BadWeight = Error(KeyFiles.BadWeight, "The weight cannot be used");
    public static readonly DiagnosticDescriptor RepeatedFile = Error(KeyFiles.Repeated, "A file of rows is named twice");
    public static readonly DiagnosticDescriptor FractionOfRows = Error(KeyCodes.FractionOfRows, "Rows are whole");

    public static readonly DiagnosticDescriptor[] All = [MalformedFile, BadWeight, RepeatedFile, FractionOfRows];

    private static DiagnosticDescriptor Error(string id, string title) =>
        new(id, title, "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: DiagnosticPages.Of(id));
}
