using FineTune.Diagnostics;
using Microsoft.Build.Utilities;

namespace FineTune.Build.Tasks;

/// <summary>Logs a message with its code, its place and a link to the code's page.</summary>
internal static class DiagnosticLog
{
    /// <param name="log">The task's log.</param>
    /// <param name="code">The code, of which there is a page.</param>
    /// <param name="file">The file that is at fault; the project's file where null.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="line">From 1; 0 where unknown.</param>
    /// <param name="column">From 1; 0 where unknown.</param>
    public static void ReportError(this TaskLoggingHelper log, string code, string? file, string message, int line = 0, int column = 0) =>
        // As an argument: a message may hold braces.
        log.LogError(null, code, null, DiagnosticPages.Of(code), file, line, column, 0, 0, "{0}", message);

    /// <inheritdoc cref="ReportError"/>
    public static void ReportWarning(this TaskLoggingHelper log, string code, string? file, string message, int line = 0, int column = 0) =>
        log.LogWarning(null, code, null, DiagnosticPages.Of(code), file, line, column, 0, 0, "{0}", message);
}
