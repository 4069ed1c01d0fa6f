using FineTune.Checking;
using FineTune.Diagnostics;
using FineTune.Facts.Rules;
using FineTune.Keys;
using FineTune.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>Reads a type with <c>[Dataset]</c> and <c>[Prompt]</c>.</summary>
internal static class RowDeclarationReader
{
    /// <summary>Reads a type's settings into <paramref name="settings"/>, and its row and prompt.</summary>
    /// <param name="type">The type.</param>
    /// <param name="settings">Gets its settings.</param>
    /// <param name="facts">What is known of data, to check against; <see langword="null"/> where that is checked elsewhere.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static RowDeclaration Read(INamedTypeSymbol type, KeySettings settings, ProjectFacts? facts, CancellationToken cancellation)
    {
        var problems = new List<SymbolProblem>();
        var reader = new AttributeReader(settings, problems, cancellation);
        if (AttributeNames.Find(type, AttributeNames.Dataset) is { } dataset)
        {
            reader.Read(dataset, AttributeNames.Dataset, DataKeys.Section);
            DatasetFilesReader.Read(type, dataset, settings, problems, cancellation);
        }

        reader.CheckRules(rule => rule.IsOf(DataKeys.Section), Location.None);
        var shape = RowShapeReader.Read(type, problems);
        var row = new RowModel(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), Generated: false, new(shape.Columns));
        if (facts is not null)
            CheckData(type, settings, facts, row, reader, problems);
        if (AttributeNames.Find(type, AttributeNames.Prompt) is not { } attribute)
            return ReadShape(type, settings, row, reader, problems);

        reader.Read(attribute, AttributeNames.Prompt, DataKeys.Section);
        if (!settings.TryGet(DataKeys.Prompt, out var value) || value is not KeyValue.Text { Value: var template })
            return new(row, default, problems, reader);
        var prompt = PromptTemplateReader.Read(template);
        var found = prompt.Problems.Concat(prompt.Pieces
            .Where(piece => piece.IsField && !shape.Fields.ContainsKey(piece.Text))
            .Select(piece => PromptProblem.UnknownField(piece, type.Name, [.. shape.Fields.Keys])));
        foreach (var problem in found)
            problems.Add(new(Descriptors.Get(problem.Id), Locate(problem, template, attribute, cancellation), problem.Message)
            {
                Original = problem.Replacement is null ? null : template.Substring(problem.Offset, problem.Length),
                Replacement = problem.Replacement,
            });
        return new(row, new(prompt.Pieces.Select(piece => PartOf(piece, shape))), problems, reader)
        {
            NothingToLearn = prompt.Problems.Count == 0 && PromptTemplateReader.CheckCompletion(prompt.Pieces) is { } unshown
                ? new(Descriptors.Get(unshown.Id), Locate(unshown, template, attribute, cancellation), unshown.Message)
                : null,
        };
    }

    private static RowDeclaration ReadShape(INamedTypeSymbol type, KeySettings settings, RowModel row, AttributeReader reader, List<SymbolProblem> problems)
    {
        // Without [Dataset] it is no row of a recipe, which is told where one names it.
        if (AttributeNames.Find(type, AttributeNames.Dataset) is null)
            return new(row, default, problems, reader);
        var resolved = ShapeCheck.Resolve(settings, hasPrompt: false, ShapeTable.Recognise(row));
        if (!ShapeCheck.IsShape(resolved))
        {
            var problem = resolved is null
                ? ShapeCheck.NotKnown(type.Name, KeySurface.CSharp)
                : new(KeyCodes.MissingPrompt, $"{type.Name} has no [Prompt], which rows of type {KeyText.Name(resolved, DataKeys.Type, KeySurface.CSharp)} need; add [Prompt(\"… {{Field|completion}}\")].");
            problems.Add(new(Descriptors.Get(problem.Code), reader.LocationOf(DataKeys.Type) ?? Location.None, problem.Message));
            return new(row, default, problems, reader);
        }

        settings.Set(DataKeys.Type, new KeyValue.Text(resolved!));
        foreach (var (property, problem) in ShapeCheck.CheckRow(resolved!, row, type.Name))
        {
            var location = property is null ? null : type.GetMembers(property).FirstOrDefault()?.Locations.FirstOrDefault(place => place.IsInSource);
            problems.Add(new(Descriptors.Get(problem.Code), location ?? reader.LocationOf(DataKeys.Type) ?? Location.None, problem.Message));
        }

        var (bound, shape) = ShapeRow.Bind(resolved!, settings, row);
        return new(bound, default, problems, reader, shape);
    }

    private static void CheckData(
        INamedTypeSymbol type, KeySettings settings, ProjectFacts facts, RowModel row, AttributeReader reader, List<SymbolProblem> problems)
    {
        var (train, test) = (facts.DataOf(settings, DataKeys.Train), facts.DataOf(settings, DataKeys.Test));
        var found = train.SelectMany(file => RowCheck.Check(row, file, DataKeys.Train))
            .Concat(test.SelectMany(file => RowCheck.Check(row, file, DataKeys.Test).Where(problem => !FactCodes.IsNote(problem.Code))));
        foreach (var problem in found)
        {
            var property = problem.Item is { } item ? type.GetMembers(item).FirstOrDefault()?.Locations.FirstOrDefault(location => location.IsInSource) : null;
            problems.Add(property is null ? reader.Locate(problem with { Item = null }) : new(Descriptors.Get(problem.Code), property, problem.Message));
        }

        problems.AddRange(DataFileRules.Check(train, test).Select(reader.Locate));
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
