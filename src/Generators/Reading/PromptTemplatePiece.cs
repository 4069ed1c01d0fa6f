namespace FineTune.Reading;

/// <summary>Text, or the name of a field.</summary>
/// <param name="Text">The text, its escapes resolved, or the field's name.</param>
/// <param name="IsField">Whether it is a field.</param>
/// <param name="Trained">Whether the field is a completion.</param>
/// <param name="Offset">Where the field's name begins in the template; 0 for text.</param>
internal sealed record PromptTemplatePiece(string Text, bool IsField, bool Trained, int Offset);
