using System.Globalization;
using FineTune.App.Display;
using FineTune.App.Reports;
using FineTune.Storage;
using Spectre.Console;

namespace FineTune.App;

/// <summary>Reports what ended a command: one message, never a raw stack trace.</summary>
internal static class FailureReport
{
    /// <returns>The exit code.</returns>
    public static int Write(IAnsiConsole error, Exception exception)
    {
        if (exception is FineTuneException or { InnerException: FineTuneException } || SystemFailure.Explain(exception) is not null)
        {
            var mistake = exception as FineTuneException ?? exception.InnerException as FineTuneException ?? SystemFailure.Explain(exception)!;
            Line(error, mistake.Report);
            return ExitCode.UserMistake;
        }

        Line(error, $"error FT5099: This is a defect of FineTune.Sdk, not of your project: {TerminalText.Line(exception.Message, 300)}");
        Line(error, $"Please report it with {WriteDetails(exception)}.");
        return ExitCode.Defect;
    }

    // Not through Spectre's layout: tools that read errors want one line each.
    private static void Line(IAnsiConsole error, string text)
    {
        var line = TerminalText.Visible(text);
        if (error.Profile.Capabilities.Ansi)
            error.MarkupLine($"[red]{Markup.Escape(line)}[/]");
        else
            error.Profile.Out.Writer.WriteLine(line);
    }

    private static string WriteDetails(Exception exception)
    {
        var name = $"crash-{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Environment.ProcessId}.txt";
        var versions = RunVersions.Current;
        var details = $"FineTune.Sdk {versions.FineTune}, TorchSharp {versions.TorchSharp}, .NET {versions.Dotnet}, {versions.Platform}\n"
            + $"{Environment.CommandLine}\n\n{exception}\n";
        foreach (var folder in new[] { "runs", Path.GetTempPath() })
        {
            try
            {
                var path = Path.Combine(folder, name);
                AtomicFile.WriteText(path, details);
                return path;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The next folder, or in the end the message itself, has to do.
            }
        }

        return $"these details: {exception}";
    }
}
