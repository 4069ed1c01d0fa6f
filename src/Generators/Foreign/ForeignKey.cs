using FineTune.Keys;

namespace FineTune.Foreign;

/// <summary>
/// A setting of another tool that is no mere other name of a key of ours: those are the keys' own
/// <see cref="Key.Synonyms"/>.
/// </summary>
/// <param name="Tools">Who has it.</param>
/// <param name="Names">Its names, separated by spaces; one that ends with <c>*</c> stands for all that begin with it.</param>
/// <param name="Standing">What has become of it here.</param>
/// <param name="Answer">
/// What is true here: for <see cref="ForeignStanding.Said"/> what to write, else a sentence without its full stop.
/// </param>
internal sealed record ForeignKey(ForeignTools Tools, string Names, ForeignStanding Standing, string Answer)
{
    private readonly string[] _names = Names.Split(' ');

    /// <summary>The value for which this row alone is meant; <see langword="null"/> for any.</summary>
    public string? Value { get; init; }

    /// <summary>Whether a setting is this one.</summary>
    /// <param name="name">Its name, without the sections around it.</param>
    /// <param name="value">Its value, where that is a scalar.</param>
    public bool Matches(string name, string? value) =>
        (Value is null || (value is not null && Suggestion.Same(Value, value))) && _names.Any(candidate => IsNamed(candidate, name));

    private static bool IsNamed(string candidate, string name) =>
        candidate[candidate.Length - 1] == '*'
            ? name.StartsWith(candidate.Substring(0, candidate.Length - 1), StringComparison.OrdinalIgnoreCase)
            : Suggestion.Same(candidate, name);
}
