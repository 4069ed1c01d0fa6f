namespace FineTune.Evaluation;

/// <summary>What the models made of one held-out row.</summary>
/// <param name="Line">The row's line in its file, from 1.</param>
/// <param name="Context">The text before the completion.</param>
/// <param name="Expected">The row's own completion.</param>
/// <param name="Base">The completion of the model before training.</param>
/// <param name="Tuned">The completion of the model after training; null where there is none yet.</param>
internal sealed record RowCompletions(int Line, string Context, string Expected, string Base, string? Tuned);
