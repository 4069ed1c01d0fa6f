using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.CodeFixes;

/// <summary>Removes an attribute's argument that does nothing, or that excludes another.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveArgumentFix))]
[Shared]
public sealed class RemoveArgumentFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        "FT1008", "FT1012", "FT1018", "FT1019", "FT1020", "FT1021", "FT1063", "FT1064", "FT1068", "FT1070", "FT1071", "FT1087", "FT1103", "FT1104",
        "FT1105", "FT1106", "FT1110", "FT1111",
    ];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var argument = root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument?.NameEquals is not { } name)
            return;
        foreach (var diagnostic in context.Diagnostics)
            context.RegisterCodeFix(
                CodeAction.Create($"Remove '{name.Name.Identifier.ValueText}'", _ => Task.FromResult(Remove(context.Document, root!, argument)), nameof(RemoveArgumentFix)),
                diagnostic);
    }

    private static Document Remove(Document document, SyntaxNode root, AttributeArgumentSyntax argument)
    {
        var list = (AttributeArgumentListSyntax)argument.Parent!;
        // Parentheses without arguments are noise.
        return document.WithSyntaxRoot(list.Arguments.Count == 1
            ? root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!
            : root.ReplaceNode(list, list.WithArguments(list.Arguments.Remove(argument))));
    }
}
