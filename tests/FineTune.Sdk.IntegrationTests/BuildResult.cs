using FineTune.TestSupport;
using Microsoft.Build.Logging.StructuredLogger;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>What a build did, from its binary log.</summary>
internal sealed class BuildResult(CommandResult command, string binaryLog)
{
    private readonly Lazy<Build> _log = new(() => BinaryLog.ReadBuild(binaryLog));
    private List<AbstractDiagnostic>? _diagnostics;

    public bool Succeeded => command.ExitCode == 0;

    public string Text => command.Text;

    /// <summary>Errors and warnings in the order of the log, each once.</summary>
    public IReadOnlyList<AbstractDiagnostic> Diagnostics => _diagnostics ??= FindDiagnostics();

    public IReadOnlyList<string> ErrorCodes => [.. Diagnostics.OfType<Error>().Select(e => e.Code)];

    /// <summary>Whether a target did its work in any of its instances: up-to-date targets are skipped.</summary>
    public bool Ran(string target)
    {
        bool ran = false;
        _log.Value.VisitAllChildren<Target>(t => ran |= t.Name == target && !t.Skipped && t.Children.Any(child => child is Microsoft.Build.Logging.StructuredLogger.Task));
        return ran;
    }

    private List<AbstractDiagnostic> FindDiagnostics()
    {
        var found = new List<AbstractDiagnostic>();
        _log.Value.VisitAllChildren<AbstractDiagnostic>(found.Add);
        return [.. found.DistinctBy(d => (d.Code, d.File, d.LineNumber, d.Text))];
    }
}
