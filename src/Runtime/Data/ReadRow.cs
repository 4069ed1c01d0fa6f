namespace FineTune.Data;

/// <summary>What came of reading a row: a prompt, a mistake, or neither if the recipe's filter leaves the row out.</summary>
/// <param name="Line">The row's line in its file, from 1.</param>
/// <param name="Row">The row, rendered.</param>
/// <param name="Mistake">Why it cannot be used.</param>
internal readonly record struct ReadRow(int Line, PromptRow? Row, FineTuneException? Mistake);
