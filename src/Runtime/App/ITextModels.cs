using FineTune.Generation;

namespace FineTune.App;

/// <summary>A recipe's base model and, after training, its tuned model, ready to continue texts.</summary>
internal interface ITextModels : IDisposable
{
    /// <summary>Whether there is a tuned model yet.</summary>
    bool HasTuned { get; }

    /// <param name="tuned">Which of the models.</param>
    /// <param name="prompt">The text to continue.</param>
    /// <param name="options">How.</param>
    /// <param name="appended">Is called with each piece of the continuation when it is there.</param>
    /// <param name="stop">Ends the continuation early.</param>
    /// <returns>The continuation.</returns>
    string Continue(bool tuned, string prompt, GenerationOptions options, Action<string> appended, CancellationToken stop);
}
