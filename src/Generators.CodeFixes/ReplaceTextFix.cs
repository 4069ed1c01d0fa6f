using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.CodeFixes;

/// <summary>Writes what the message suggests: the diagnostic says what to replace at its place, and by what.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceTextFix))]
[Shared]
public sealed class ReplaceTextFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FT1001", "FT1015", "FT1017", "FT1094", "FT1300", "FT2010", "FT2026"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue("Original", out var original) || !diagnostic.Properties.TryGetValue("Replacement", out var replacement)
                || original is null || replacement is null)
                continue;
            var marked = diagnostic.Location.SourceSpan;
            var index = text.ToString(marked).IndexOf(original, StringComparison.Ordinal);
            if (index < 0)
                continue;
            var change = new TextChange(new TextSpan(marked.Start + index, original.Length), replacement);
            context.RegisterCodeFix(
                CodeAction.Create($"Change '{original}' to '{replacement}'", _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), nameof(ReplaceTextFix) + replacement),
                diagnostic);
        }
    }
}
