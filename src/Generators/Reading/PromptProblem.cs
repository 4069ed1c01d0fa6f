using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>A mistake in a template.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Offset">Where it begins in the template; negative: the template as a whole.</param>
/// <param name="Length">How long it is.</param>
internal sealed record PromptProblem(string Id, string Message, int Offset, int Length)
{
    /// <summary>What the marked text is to be replaced by, where that is near enough to be offered.</summary>
    public string? Replacement { get; init; }

    public static PromptProblem At(int offset, int length, DiagnosticDescriptor descriptor, string message) =>
        new(descriptor.Id, message, offset, length);

    public static PromptProblem Whole(DiagnosticDescriptor descriptor, string message) => new(descriptor.Id, message, -1, 0);

    /// <summary>The mistake of a field that the row does not have.</summary>
    public static PromptProblem UnknownField(PromptTemplatePiece field, string row, IReadOnlyList<string> properties)
    {
        var meant = Suggestion.Nearest(field.Text, properties);
        var advice = meant is not null ? $"did you mean '{meant}'?"
            : properties.Count == 0 ? "it has none that a prompt can use."
            : $"it has {KeyText.Alternatives(properties)}.";
        var problem = At(
            field.Offset, field.Text.Length, Diagnostics.PromptDiagnostics.UnknownField, $"{row} has no property '{field.Text}'; {advice}");
        return problem with { Replacement = meant };
    }
}
