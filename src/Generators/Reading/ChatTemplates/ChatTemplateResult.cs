using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Reading.ChatTemplates;

/// <summary>What became of a chat template.</summary>
/// <param name="File">The template.</param>
/// <param name="Valid">Whether it can be compiled.</param>
/// <param name="Diagnostics">Its mistakes.</param>
internal sealed record ChatTemplateResult(ChatTemplateFile File, bool Valid, EquatableArray<DiagnosticInfo> Diagnostics);
