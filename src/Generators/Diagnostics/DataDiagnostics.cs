using FineTune.Checking;
using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>FT15xx: mistakes in what a recipe says of its rows: their files, their shape and their split.</summary>
internal static class DataDiagnostics
{
    private const string Category = "FineTune.Data";

    public static readonly DiagnosticDescriptor UnknownRows = Error(ShapeCheck.Unknown, "What the rows are is not known");
    public static readonly DiagnosticDescriptor PromptOfAnotherType = Error(ShapeCheck.PromptOfAnotherType, "Rows of this type have no prompt");
    public static readonly DiagnosticDescriptor Preferences = Error(ShapeCheck.Preferences, "No training method learns from preferences");
    public static readonly DiagnosticDescriptor MissingColumn = Error(ShapeCheck.MissingColumn, "The rows lack a column of their type");
    public static readonly DiagnosticDescriptor OtherType = Error(ShapeCheck.OtherType, "A column is something else in rows of this type");
    public static readonly DiagnosticDescriptor MalformedFile = Error(KeyFiles.Malformed, "A file of rows is a path or a mapping");
    public static readonly DiagnosticDescriptor BadWeight = Error(KeyFiles.BadWeight, "The weight cannot be used");
    public static readonly DiagnosticDescriptor RepeatedFile = Error(KeyFiles.Repeated, "A file of rows is named twice");
    public static readonly DiagnosticDescriptor FractionOfRows = Error(KeyCodes.FractionOfRows, "Rows are whole");

    public static readonly DiagnosticDescriptor NoChatTemplate = Error(ShapeCheck.NoChatTemplate, "The model has no chat template");
    public static readonly DiagnosticDescriptor TrainsAll = Error(ShapeCheck.TrainsAll, "Pretraining trains every token");

    public static readonly DiagnosticDescriptor[] All =
    [
        UnknownRows, PromptOfAnotherType, Preferences, MissingColumn, OtherType, MalformedFile, BadWeight, RepeatedFile, FractionOfRows,
        NoChatTemplate, TrainsAll,
    ];

    private static DiagnosticDescriptor Error(string id, string title) =>
        DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Error);
}
