namespace FineTune.Model;

/// <summary>A piece of a prompt: text, or a property of the row.</summary>
/// <param name="Text">The text, or the property's name.</param>
/// <param name="Field">The property's type; <see langword="null"/> for text.</param>
/// <param name="Optional">Whether the property may be null.</param>
/// <param name="Trained">Whether its tokens are trained.</param>
internal sealed record PromptPart(string Text, ColumnType? Field, bool Optional, bool Trained);
