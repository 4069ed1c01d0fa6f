namespace FineTune.Prompts;

/// <summary>
/// A rendered row: segments in order. Tokens are those of the whole text; which of them are trained follows from the
/// segments, never from searching token ids. The end-of-sequence token follows the last segment and is trained if that is.
/// </summary>
/// <param name="Segments">The pieces, none empty, neighbours of unlike kind.</param>
public sealed record Prompt(IReadOnlyList<PromptSegment> Segments)
{
    /// <summary>The whole text.</summary>
    public string Text => string.Concat(Segments.Select(segment => segment.Text));

    /// <summary>The text before the first trained segment: what a model is given to continue.</summary>
    public string Context => string.Concat(Segments.TakeWhile(segment => !segment.Trained).Select(segment => segment.Text));

    /// <summary>The first trained segment: what a model should answer to <see cref="Context"/>.</summary>
    public string Completion => Segments.FirstOrDefault(segment => segment.Trained).Text ?? "";
}
