namespace FineTune.Prompts.Templates;

/// <summary>What a template wrote.</summary>
/// <param name="Text">The text.</param>
/// <param name="Spans">The parts that generation blocks wrote, in the order in which they ended; they may be empty and lie within others.</param>
/// <param name="LostSpans">Whether a block's text was changed on its way, so that its part is not known.</param>
internal sealed record TemplateOutput(string Text, IReadOnlyList<TrainedSpan> Spans, bool LostSpans);
