using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>A mistake in C#. It holds a compilation alive and so never enters a cached value.</summary>
internal sealed record SymbolProblem(DiagnosticDescriptor Descriptor, Location Location, string Message)
{
    /// <summary>What a code fix is to replace at the place, or <see langword="null"/>.</summary>
    public string? Original { get; init; }

    /// <summary>What it is to be replaced by.</summary>
    public string? Replacement { get; init; }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptor, Location,
        Original is null || Replacement is null
            ? null
            : ImmutableDictionary<string, string?>.Empty.Add(nameof(Original), Original).Add(nameof(Replacement), Replacement),
        Message);
}
