using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>FT2xxx: mistakes in prompts, on both surfaces, and in the classes and records of the C# surface.</summary>
internal static class PromptDiagnostics
{
    private const string Category = "FineTune.Prompt";

    public static readonly DiagnosticDescriptor NotPartial = Error("FT2001", "A recipe class must be partial");
    public static readonly DiagnosticDescriptor UnusableRecipeClass = Error("FT2002", "A recipe derives from its pipeline alone");
    public static readonly DiagnosticDescriptor SeveralMethods = Error("FT2003", "A recipe has one training method");
    public static readonly DiagnosticDescriptor MissingAttribute = Error("FT2004", "An attribute is missing");
    public static readonly DiagnosticDescriptor AttributeWithoutRecipe = Error("FT2005", "The attribute has no effect without [Recipe]");
    public static readonly DiagnosticDescriptor UnknownField = Error("FT2010", "The row has no such property");
    public static readonly DiagnosticDescriptor NoCompletion = Error("FT2011", "The prompt has nothing to learn");
    public static readonly DiagnosticDescriptor MalformedField = Error("FT2012", "The prompt's braces are wrong");
    public static readonly DiagnosticDescriptor UnknownFieldFormat = Error("FT2013", "A field has no such format");
    public static readonly DiagnosticDescriptor UnsupportedColumnType = Error("FT2014", "A column of this type cannot be read");
    public static readonly DiagnosticDescriptor UnusableRow = Error("FT2015", "The row cannot be created");
    public static readonly DiagnosticDescriptor InaccessibleRow = Error("FT2016", "The row is less accessible than its recipe");
    public static readonly DiagnosticDescriptor AmbiguousColumn = Error("FT2017", "Two properties read the same column");
    public static readonly DiagnosticDescriptor UntrainedEnd = Warning("FT2018", "The end of the sequence is not trained");

    public static readonly DiagnosticDescriptor RecipeIsRecord = Error("FT2020", "A recipe is a class and no record");
    public static readonly DiagnosticDescriptor NestedRecipe = Error("FT2021", "A recipe stands in a namespace");
    public static readonly DiagnosticDescriptor GenericRecipe = Error("FT2022", "A recipe has no type parameters");
    public static readonly DiagnosticDescriptor UncreatableRecipe = Error("FT2023", "A recipe is neither static nor abstract");
    public static readonly DiagnosticDescriptor FileLocalRecipe = Error("FT2024", "A recipe is visible outside of its file");
    public static readonly DiagnosticDescriptor NoRecipeConstructor = Error("FT2025", "A recipe has a constructor without parameters");
    public static readonly DiagnosticDescriptor SwappedTypes = Error("FT2026", "Model and row are swapped");
    public static readonly DiagnosticDescriptor MisplacedAttribute = Error("FT2027", "The attribute belongs on another type");

    public static readonly DiagnosticDescriptor[] All =
    [
        NotPartial, UnusableRecipeClass, SeveralMethods, MissingAttribute, AttributeWithoutRecipe, UnknownField, NoCompletion,
        MalformedField, UnknownFieldFormat, UnsupportedColumnType, UnusableRow, InaccessibleRow, AmbiguousColumn, UntrainedEnd,
        RecipeIsRecord, NestedRecipe, GenericRecipe, UncreatableRecipe, FileLocalRecipe, NoRecipeConstructor, SwappedTypes, MisplacedAttribute,
    ];

    private static DiagnosticDescriptor Error(string id, string title) => DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title) => DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Warning);
}
