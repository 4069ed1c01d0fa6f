using FineTune.Prompts;

namespace FineTune.Data;

/// <summary>A row of a data file, rendered.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Prompt">What the model sees of it.</param>
internal readonly record struct PromptRow(int Line, Prompt Prompt);
