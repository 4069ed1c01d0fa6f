using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>
/// Finds the files that recipes name and where they name them. Whether they exist is for the build to see: a generator does
/// not look at files.
/// </summary>
internal static class RecipeFilesReader
{
    private static readonly Key[] Keys = [ModelKeys.Base, DataKeys.Train, DataKeys.Test, DataKeys.ChatTemplate];

    public static bool IsFile(Key key) => Keys.Contains(key);

    /// <summary>The files of a class with <c>[Recipe&lt;TModel, TRow&gt;]</c>; those that types of other assemblies name, at the class.</summary>
    public static IEnumerable<RecipeFile> Read(AttributeData recipe, LocationInfo? place, CancellationToken cancellation)
    {
        var arguments = recipe.AttributeClass!.TypeArguments;
        return ReadType(arguments[0], AttributeNames.BaseModel, place, cancellation)
            .Concat(ReadType(arguments[1], AttributeNames.Dataset, place, cancellation));
    }

    private static IEnumerable<RecipeFile> ReadType(ITypeSymbol type, string name, LocationInfo? place, CancellationToken cancellation)
    {
        if (type is not INamedTypeSymbol named || AttributeNames.Find(named, name) is not { } attribute)
            yield break;

        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        if (AttributeNames.Positional(name) is { } positional && attribute.ConstructorArguments.Length > 0
            && Create(positional, attribute.ConstructorArguments[0], AttributeReader.PositionalLocation(syntax), place) is { } first)
            yield return first;
        foreach (var further in name == AttributeNames.Dataset ? AttributeNames.FindAll(named, AttributeNames.DatasetFile) : [])
        {
            var location = AttributeReader.PositionalLocation(further.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax);
            if (further.ConstructorArguments.Length > 0 && Create(DataKeys.Train, further.ConstructorArguments[0], location, place) is { } file)
                yield return file;
        }

        foreach (var argument in attribute.NamedArguments)
        {
            if (Keys.FirstOrDefault(key => key.CSharpName == argument.Key) is { } key
                && Create(key, argument.Value, AttributeReader.NamedLocation(syntax, argument.Key), place) is { } file)
                yield return file;
        }
    }

    private static RecipeFile? Create(Key key, TypedConstant constant, Location? location, LocationInfo? place) =>
        IsFile(key) && constant.Kind == TypedConstantKind.Primitive && constant.Value is string { Length: > 0 } path
        && ((location is null ? null : LocationInfo.Create(location)) ?? place) is { } found
            ? new(key.Path, path, found)
            : null;
}
