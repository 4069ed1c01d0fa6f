using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>Reads a type with <c>[Dataset]</c> and <c>[Prompt]</c>.</summary>
internal static class RowDeclarationReader
{
    /// <summary>Reads a type's settings into <paramref name="settings"/>, and its row and prompt.</summary>
    public static RowDeclaration Read(INamedTypeSymbol type, KeySettings settings, CancellationToken cancellation)
    {
        var problems = new List<SymbolProblem>();
        var reader = new AttributeReader(settings, problems, cancellation);
        if (AttributeNames.Find(type, AttributeNames.Dataset) is { } dataset)
            reader.Read(dataset, AttributeNames.Dataset, DataKeys.Section);
        reader.CheckRules(rule => rule.IsOf(DataKeys.Section), Location.None);
        var shape = RowShapeReader.Read(type, problems);
        var row = new RowModel(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), Generated: false, new(shape.Columns));
        if (AttributeNames.Find(type, AttributeNames.Prompt) is not { } attribute)
            return new(row, default, problems);

        reader.Read(attribute, AttributeNames.Prompt, DataKeys.Section);
        if (!settings.TryGet(DataKeys.Prompt, out var value) || value is not KeyValue.Text { Value: var template })
            return new(row, default, problems);
        var prompt = PromptTemplateReader.Read(template);
        var found = prompt.Problems.Concat(prompt.Pieces
            .Where(piece => piece.IsField && !shape.Fields.ContainsKey(piece.Text))
            .Select(piece => PromptProblem.UnknownField(piece, type.Name, [.. shape.Fields.Keys])));
        foreach (var problem in found)
            problems.Add(new(Descriptors.Get(problem.Id), Locate(problem, template, attribute, cancellation), problem.Message));
        return new(row, new(prompt.Pieces.Select(piece => PartOf(piece, shape))), problems);
    }

    private static PromptPart PartOf(PromptTemplatePiece piece, RowShape shape)
    {
        if (!piece.IsField)
            return new(piece.Text, Field: null, Optional: false, Trained: false);
        return shape.Fields.TryGetValue(piece.Text, out var field)
            ? new(piece.Text, field.Type, field.Optional, piece.Trained)
            : new(piece.Text, ColumnType.String, Optional: false, piece.Trained);
    }

    private static Location Locate(PromptProblem problem, string template, AttributeData attribute, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;
        if (AttributeReader.PositionalLocation(syntax) is not { } argument)
            return syntax.GetLocation();
        var tree = syntax.SyntaxTree;
        var span = BraceMap.Find(template, problem.Offset, problem.Length, tree.GetText(cancellation).ToString(), argument.SourceSpan);
        return span is { } place ? Location.Create(tree, place) : argument;
    }
}
