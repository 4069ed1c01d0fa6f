namespace FineTune.Hooks;

/// <summary>
/// Judges what a model writes: by <c>training.method: grpo</c> it is what the model learns from, and of every recipe it is measured on
/// held-out rows, before and after training.
/// </summary>
/// <typeparam name="TRow">The recipe's row.</typeparam>
public interface IReward<in TRow>
{
    /// <summary>Its name in tables, in <c>metrics.jsonl</c> and in <c>report.json</c>.</summary>
    string Name { get; }

    /// <summary>Its factor in the sum of all rewards.</summary>
    double Weight => 1;

    /// <summary>Judges one completion. Completions are judged one after the other, on the thread that trains.</summary>
    /// <param name="row">The row whose prompt the model was given.</param>
    /// <param name="completion">What the model wrote, without special tokens.</param>
    /// <returns>The more the better; <see langword="null"/> where this reward says nothing of the row.</returns>
    double? Score(TRow row, string completion);
}
