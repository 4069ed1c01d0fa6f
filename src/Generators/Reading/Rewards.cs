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
    public static string Missing(string recipe) =>
        $"{recipe} trains by grpo, but nothing says which completions are good; add 'protected override IReadOnlyList<IReward<TRow>> Rewards => [new …];' to its partial class, with a class of yours that implements IReward<TRow>.";
}
