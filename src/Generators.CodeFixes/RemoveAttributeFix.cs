using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.CodeFixes;

/// <summary>Removes an attribute that has no effect, or the second of two that exclude each other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeFix))]
[Shared]
public sealed class RemoveAttributeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FT2003", "FT2005", "FT2027"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return;
        foreach (var diagnostic in context.Diagnostics)
            context.RegisterCodeFix(
                CodeAction.Create($"Remove [{attribute.Name}]", cancellation => Remove(context.Document, attribute, cancellation), nameof(RemoveAttributeFix)), diagnostic);
    }

    // As text, so that neither comments above nor the indentation of what follows move.
    private static async Task<Document> Remove(Document document, AttributeSyntax attribute, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var list = (AttributeListSyntax)attribute.Parent!;
        var index = list.Attributes.IndexOf(attribute);
        var span = list.Attributes.Count == 1 ? Whole(list, text)
            : index == 0 ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
            : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
        return document.WithText(text.WithChanges(new TextChange(span, "")));
    }

    private static TextSpan Whole(AttributeListSyntax list, SourceText text)
    {
        var start = list.SpanStart;
        var line = text.Lines.GetLineFromPosition(start);
        var isAlone = text.Lines.GetLineFromPosition(list.Span.End).EndIncludingLineBreak <= list.FullSpan.End && text.ToString(TextSpan.FromBounds(line.Start, start)).Trim().Length == 0;
        return TextSpan.FromBounds(isAlone ? line.Start : start, list.FullSpan.End);
    }
}
