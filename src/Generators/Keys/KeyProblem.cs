namespace FineTune.Keys;

/// <summary>A mistake in a key or its value.</summary>
/// <param name="Code">One of <see cref="KeyCodes"/>.</param>
/// <param name="Message">What is wrong and what to do, as it is shown.</param>
internal sealed record KeyProblem(string Code, string Message)
{
    /// <summary>What is to be replaced, where a fix is certain enough to be offered.</summary>
    public string? Original { get; init; }

    /// <summary>What <see cref="Original"/> is to be replaced by.</summary>
    public string? Replacement { get; init; }
}
