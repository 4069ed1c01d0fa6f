namespace FineTune.Keys;

/// <summary>A mistake in a key or its value.</summary>
/// <param name="Code">One of <see cref="KeyCodes"/>.</param>
/// <param name="Message">What is wrong and what to do, as it is shown.</param>
internal sealed record KeyProblem(string Code, string Message);
