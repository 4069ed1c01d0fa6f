using FineTune.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>Checks that a class can become a pipeline.</summary>
internal static class RecipeClassChecker
{
    public static void Check(INamedTypeSymbol type, List<SymbolProblem> problems, CancellationToken cancellation)
    {
        var declarations = type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().ToList();
        var location = declarations.FirstOrDefault()?.Identifier.GetLocation() ?? Location.None;
        if (declarations.Exists(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            problems.Add(new(
                PromptDiagnostics.NotPartial, location, $"{type.Name} must be partial, so that the build can add its pipeline; write 'partial class {type.Name}'."));
        }

        if (Unusable(type) is var (descriptor, reason))
            problems.Add(new(descriptor, location, $"{type.Name} cannot be a recipe: {reason}"));
    }

    /// <summary>A pipeline derives from a type that names its row, which C# allows only if that is as accessible.</summary>
    public static void CheckRowAccessibility(INamedTypeSymbol recipe, INamedTypeSymbol row, Location location, List<SymbolProblem> problems)
    {
        if (IsPublic(recipe) && !IsPublic(row))
        {
            problems.Add(new(
                PromptDiagnostics.InaccessibleRow, location, $"{row.Name} is less accessible than the recipe {recipe.Name}; make it public, or the recipe internal."));
        }
    }

    private static (DiagnosticDescriptor Descriptor, string Reason)? Unusable(INamedTypeSymbol type)
    {
        if (type.IsRecord)
            return (PromptDiagnostics.RecipeIsRecord, "it is a record; make it a class.");
        if (type.ContainingType is not null)
            return (PromptDiagnostics.NestedRecipe, "it is nested; move it out to a namespace.");
        if (type.IsGenericType)
            return (PromptDiagnostics.GenericRecipe, "it is generic; remove its type parameters.");
        if (type.IsStatic || type.IsAbstract)
            return (PromptDiagnostics.UncreatableRecipe, $"it is {(type.IsStatic ? "static" : "abstract")}, so that it cannot be created; remove that modifier.");
        if (type.IsFileLocal)
            return (PromptDiagnostics.FileLocalRecipe, "it is local to its file, which generated code is not in; remove 'file'.");
        if (type.BaseType is { SpecialType: SpecialType.None } baseType && !IsPipeline(baseType))
            return (PromptDiagnostics.UnusableRecipeClass, $"it derives from {baseType.Name}, but a recipe derives from its pipeline; remove the base class.");
        return type.InstanceConstructors.Any(IsUsableConstructor)
            ? null
            : (PromptDiagnostics.NoRecipeConstructor, "it has no constructor without parameters that the command line can call; add one, or remove the others.");
    }

    // After generation a recipe's class derives from its pipeline.
    private static bool IsPipeline(INamedTypeSymbol type) =>
        type is { Name: "TrainingPipeline", Arity: 1 } && type.ContainingNamespace.ToDisplayString() == "FineTune.Recipes";

    private static bool IsUsableConstructor(IMethodSymbol constructor) =>
        constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal;

    private static bool IsPublic(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility != Accessibility.Public)
                return false;
        }

        return true;
    }
}
