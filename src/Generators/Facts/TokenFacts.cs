namespace FineTune.Facts;

/// <summary>A special token.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Id">Its id, where the tokenizer's file tells it.</param>
internal sealed record TokenFacts(string Text, long? Id);
