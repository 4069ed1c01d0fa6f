using FineTune.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>Finds the classes that judge completions: those which override <c>Rewards</c> of their pipeline.</summary>
internal static class Rewards
{
    private const string Property = "Rewards";

    /// <summary>The whole names of the project's classes with rewards, in order.</summary>
    public static IncrementalValueProvider<EquatableArray<string>> Classes(SyntaxValueProvider syntax) => syntax
        .CreateSyntaxProvider(
            (node, _) => node is PropertyDeclarationSyntax { Identifier.ValueText: Property, Parent: ClassDeclarationSyntax } property
                && property.Modifiers.Any(SyntaxKind.OverrideKeyword),
            (context, cancellation) => context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation)?.ContainingType
                .ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)))
        .Collect()
        .Select((names, _) => new EquatableArray<string>(names.OfType<string>().Distinct().OrderBy(name => name, StringComparer.Ordinal)))
        .WithTrackingName(TrackingNames.RewardedClasses);

    /// <summary>Whether a class has rewards of its own.</summary>
    public static bool IsOverriddenBy(INamedTypeSymbol type) => type.GetMembers(Property).OfType<IPropertySymbol>().Any(property => property.IsOverride);

    /// <summary>The mistake of a recipe that needs rewards and has none.</summary>
    /// <param name="recipe">Its class.</param>
    /// <param name="space">The namespace of that, in which its other part must stand too; empty for the global one.</param>
    /// <param name="row">Its row type, as its class writes it.</param>
    /// <param name="rowElsewhere">The same as another class writes it.</param>
    public static string Missing(string recipe, string space, string row, string rowElsewhere) =>
        $"{recipe} trains by grpo, but nothing says which completions are good; add 'protected override IReadOnlyList<IReward<{row}>> Rewards => [new …];' to the partial class {recipe}{(space.Length > 0 ? $" of the namespace {space}" : "")}, with a class of yours that implements IReward<{rowElsewhere}>.";
}
