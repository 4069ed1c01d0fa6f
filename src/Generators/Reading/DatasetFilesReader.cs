using FineTune.Diagnostics;
using FineTune.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>Reads the mixture of a type: <c>[Dataset]</c> names its first file, each <c>[DatasetFile]</c> another.</summary>
internal static class DatasetFilesReader
{
    private const string WeightProperty = "Weight";

    /// <summary>Sets the files that a type's attributes name, where there are several or they have weights.</summary>
    public static void Read(INamedTypeSymbol type, AttributeData dataset, KeySettings settings, List<SymbolProblem> problems, CancellationToken cancellation)
    {
        if (!settings.TryGet(DataKeys.Train, out var value) || value is not KeyValue.Text { Value: var first })
            return;
        var files = new List<KeyFile> { new(first, Weight(dataset, problems, cancellation)) };
        foreach (var attribute in AttributeNames.FindAll(type, AttributeNames.DatasetFile))
        {
            if (PathOf(attribute) is { } path)
                files.Add(new(path, Weight(attribute, problems, cancellation)));
            if (KeyFiles.Check(DataKeys.Train, files) is { } problem)
            {
                problems.Add(new(Descriptors.Get(problem.Code), LocationOf(attribute, cancellation), problem.Message));
                files.RemoveAt(files.Count - 1);
            }
        }

        settings.Set(DataKeys.Train, KeyFiles.Value(files));
    }

    /// <summary>The path that an attribute names first.</summary>
    public static string? PathOf(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is string { Length: > 0 } path && !path.Any(char.IsControl) ? path : null;

    private static double Weight(AttributeData attribute, List<SymbolProblem> problems, CancellationToken cancellation)
    {
        var argument = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == WeightProperty).Value;
        if (argument.Kind != TypedConstantKind.Primitive || argument.Value is not double weight)
            return 1;
        if (KeyFiles.CheckWeight(weight) is not { } problem)
            return weight;
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        problems.Add(new(Descriptors.Get(problem.Code), AttributeReader.NamedLocation(syntax, WeightProperty) ?? LocationOf(attribute, cancellation), problem.Message));
        return 1;
    }

    private static Location LocationOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? Location.None;
}
