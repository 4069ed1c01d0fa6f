namespace FineTune.Prompts;

/// <summary>A part of a text that the loss counts.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character behind its last.</param>
public readonly record struct TrainedSpan(int Start, int End);
