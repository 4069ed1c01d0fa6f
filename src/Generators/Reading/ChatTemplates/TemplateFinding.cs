using Microsoft.CodeAnalysis;

namespace FineTune.Reading.ChatTemplates;

/// <summary>A mistake in a template.</summary>
/// <param name="Descriptor">What it is.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record TemplateFinding(DiagnosticDescriptor Descriptor, int Line, string Message);
