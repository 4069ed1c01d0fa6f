namespace FineTune.Keys;

/// <summary>A key means nothing unless another is given, or has one of some values.</summary>
/// <param name="Path">The other key, such as <c>training.schedule</c>.</param>
/// <param name="Values">The values under which this key is read; none: any, as long as the other key is given.</param>
internal sealed record KeyNeed(string Path, params string[] Values)
{
    /// <summary>The value that a user most likely wants, by the other key's value.</summary>
    public (string Given, string Preferred)[] Advice { get; init; } = [];

    /// <summary>A key that does as well as the other one.</summary>
    public string? Or { get; init; }
}
