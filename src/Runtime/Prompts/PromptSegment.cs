namespace FineTune.Prompts;

/// <summary>A piece of a prompt.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Trained">Whether the loss counts its tokens.</param>
public readonly record struct PromptSegment(string Text, bool Trained);
