using FineTune.Diagnostics;
using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>A recipe whose name another has already.</summary>
/// <param name="Name">The recipe.</param>
/// <param name="Other">Where the other one is.</param>
internal sealed record DuplicateName(RecipeName Name, string Other)
{
    public Diagnostic ToDiagnostic() =>
        new DiagnosticInfo(
            RecipeDiagnostics.DuplicateRecipe.Id,
            $"A recipe {KeyText.Quote(Name.Name)} is in {Other} already. Names must differ in more than case, because each is a folder under runs/; rename one.",
            Name.Location).ToDiagnostic();
}
