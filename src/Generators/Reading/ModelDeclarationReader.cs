using FineTune.Checking;
using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>Reads a type with <c>[BaseModel]</c>.</summary>
internal static class ModelDeclarationReader
{
    /// <summary>Reads the attribute's settings into <paramref name="settings"/>.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="settings">Gets its settings.</param>
    /// <param name="facts">What is known of models, to check against; <see langword="null"/> where that is checked elsewhere.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static ModelDeclaration Read(AttributeData attribute, KeySettings settings, ProjectFacts? facts, CancellationToken cancellation)
    {
        var problems = new List<SymbolProblem>();
        var reader = new AttributeReader(settings, problems, cancellation);
        reader.Read(attribute, AttributeNames.BaseModel, ModelKeys.Section);
        reader.CheckRules(rule => rule.IsOf(ModelKeys.Section), Location.None);
        if (facts is not null)
            problems.AddRange(ModelCheck.CheckFolder(facts.ModelOf(settings), settings).Select(reader.Locate));
        return new(problems, reader);
    }
}
