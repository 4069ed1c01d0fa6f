using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>A mistake in C#. It holds a compilation alive and so never enters a cached value.</summary>
internal sealed record SymbolProblem(DiagnosticDescriptor Descriptor, Location Location, string Message);
