using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>
/// FT1xxx: mistakes in a recipe's keys and values, in YAML or in attributes. Messages are built where the mistake is found,
/// because <c>--set</c> shows the same ones at run time without a compiler.
/// </summary>
internal static class RecipeDiagnostics
{
    private const string Category = "FineTune.Recipe";

    public static readonly DiagnosticDescriptor MalformedYaml = Error("FT1000", "The recipe is not well-formed YAML");
    public static readonly DiagnosticDescriptor UnknownKey = Error(KeyCodes.UnknownKey, "A recipe has no such key");
    public static readonly DiagnosticDescriptor EmptyRecipe = Error("FT1002", "The recipe is empty");
    public static readonly DiagnosticDescriptor SeveralDocuments = Error("FT1003", "A recipe file has one YAML document");
    public static readonly DiagnosticDescriptor DuplicateRecipe = Error("FT1004", "Two recipes have the same name");
    public static readonly DiagnosticDescriptor TabIndentation = Error("FT1005", "YAML is indented with spaces");
    public static readonly DiagnosticDescriptor WrongType = Error(KeyCodes.WrongType, "The value has the wrong type");
    public static readonly DiagnosticDescriptor OutOfRange = Error(KeyCodes.OutOfRange, "The value is out of range");
    public static readonly DiagnosticDescriptor ExclusiveKeys = Error(KeyCodes.ExclusiveKeys, "Two keys exclude each other");
    public static readonly DiagnosticDescriptor MissingKey = Error(KeyCodes.MissingKey, "A required key is missing");
    public static readonly DiagnosticDescriptor UnknownValue = Error(KeyCodes.UnknownValue, "The key has no such value");
    public static readonly DiagnosticDescriptor DuplicateKey = Error("FT1011", "A key is given twice");
    public static readonly DiagnosticDescriptor UnreadKey = Error(KeyCodes.UnreadKey, "The key is not read without another");
    public static readonly DiagnosticDescriptor UnsupportedYaml = Error("FT1013", "A recipe is YAML without anchors, aliases and tags");
    public static readonly DiagnosticDescriptor UnusableName = Error("FT1014", "The recipe's name cannot be a class name");
    public static readonly DiagnosticDescriptor UnknownTarget = Error(KeyCodes.UnknownTarget, "The model has no such module");

    public static readonly DiagnosticDescriptor[] All =
    [
        MalformedYaml, UnknownKey, EmptyRecipe, SeveralDocuments, DuplicateRecipe, TabIndentation, WrongType, OutOfRange,
        ExclusiveKeys, MissingKey, UnknownValue, DuplicateKey, UnreadKey, UnsupportedYaml, UnusableName, UnknownTarget,
    ];

    private static DiagnosticDescriptor Error(string id, string title) =>
        new(id, title, "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: DiagnosticPages.Of(id));
}
