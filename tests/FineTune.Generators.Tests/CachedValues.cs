using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Generators.Tests;

/// <summary>Looks into what the generator caches.</summary>
internal static class CachedValues
{
    private static readonly Type[] Forbidden = [typeof(Compilation), typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(Location), typeof(SourceText)];

    // The compiler's own inputs, and our files before they are read.
    private static readonly Type[] Inputs = [typeof(AdditionalText)];

    /// <summary>Fails if one of the values of our own steps holds a compilation alive.</summary>
    public static void AssertDetached(IEnumerable<object?> values)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var value in values)
        {
            if (value?.GetType().Assembly == typeof(RecipeGenerator).Assembly)
                Visit(value, value.GetType().Name, seen);
        }
    }

    private static void Visit(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || value is string || Inputs.Any(type => type.IsInstanceOfType(value)) || !seen.Add(value))
            return;
        Assert.False(Forbidden.Any(type => type.IsInstanceOfType(value)), $"{path} is a {value.GetType().Name}.");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Visit(item, path + "[]", seen);
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Visit(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }
}
