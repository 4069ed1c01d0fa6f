using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>Reads a type with <c>[BaseModel]</c>.</summary>
internal static class ModelDeclarationReader
{
    /// <summary>Reads the attribute's settings into <paramref name="settings"/>.</summary>
    /// <returns>The mistakes.</returns>
    public static List<SymbolProblem> Read(AttributeData attribute, KeySettings settings, CancellationToken cancellation)
    {
        var problems = new List<SymbolProblem>();
        var reader = new AttributeReader(settings, problems, cancellation);
        reader.Read(attribute, AttributeNames.BaseModel, ModelKeys.Section);
        reader.CheckRules(rule => rule.IsOf(ModelKeys.Section), Location.None);
        return problems;
    }
}
