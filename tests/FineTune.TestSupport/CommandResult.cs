namespace FineTune.TestSupport;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed as errors.</param>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Both, for a test's message.</summary>
    public string Text => Output + Errors;
}
