using FineTune.Keys;

namespace FineTune.Facts.Rules;

/// <summary>A mistake that shows between a recipe and the files that it names.</summary>
/// <param name="Key">The key at which it shows.</param>
/// <param name="Code">One of <see cref="FactCodes"/>.</param>
/// <param name="Message">What is wrong and what to do, as it is shown.</param>
/// <param name="Item">The item of the key's list, or the field of the prompt; <see langword="null"/>: the value as a whole.</param>
internal sealed record FactProblem(Key Key, string Code, string Message, string? Item = null)
{
    /// <summary>What <see cref="Item"/> is to be replaced by, where that is near enough to be offered.</summary>
    public string? Replacement { get; init; }
}
