namespace FineTune;

/// <summary>
/// A mistake in what a user gave (a file, a setting, a data row): it is reported as one message with a code,
/// a place and a fix, and ends the process with exit code 1, without a stack trace.
/// </summary>
/// <param name="code">The diagnostic's code, <c>FT5xxx</c> at run time; each has a page in <c>docs/diagnostics</c>.</param>
/// <param name="message">What is wrong and what to do about it, in full sentences.</param>
/// <param name="place">Where: a file, <c>file:line</c>, or the name of a setting; <see langword="null"/> if nowhere.</param>
/// <param name="inner">The exception that revealed the mistake.</param>
public sealed class FineTuneException(string code, string message, string? place = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The diagnostic's code, such as <c>FT5001</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Where the mistake is, or <see langword="null"/>.</summary>
    public string? Place { get; } = place;

    /// <summary>The message as it is printed: <c>place: error code: message</c>.</summary>
    public string Report => Place is null ? $"error {Code}: {Message}" : $"{Place}: error {Code}: {Message}";
}
