using System.Globalization;
using Microsoft.Build.Framework;

namespace FineTune.Build.Tasks;

/// <summary>
/// Checks the first rows of each file that recipes name, as training would: with the project's own prompts, filters and the
/// model's tokenizer. It is the project's program that does this, but not its <c>Main</c>: the runtime calls FineTune.Runtime's
/// startup hook before it.
/// </summary>
public sealed class CheckRows : ProgramTask
{
    // A filter that never returns must not hold the build for ever.
    private const int Limit = 5 * 60 * 1000;

    private readonly List<string> _output = [];

    /// <summary>How many rows of a file to check.</summary>
    [Required]
    public int Rows { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<string> Arguments => ["check-rows", Rows.ToString(CultureInfo.InvariantCulture)];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Timeout = Limit;
        EnvironmentVariables = ["DOTNET_STARTUP_HOOKS=FineTune.Runtime"];
        return base.Execute();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (ProgramMessage.Parse(singleLine) is null && !string.IsNullOrWhiteSpace(singleLine))
            _output.Add(singleLine.Trim());
        base.LogEventsFromTextOutput(singleLine, MessageImportance.Low);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (Log.HasLoggedErrors)
            return false;

        // Training checks all rows again: what stops the check alone is no reason to build nothing.
        string said = _output.Count == 0 ? "said nothing" : $"said: {string.Join(' ', _output.Take(3))}";
        Log.ReportWarning(
            "FT3060", null,
            $"The rows of the recipes could not be checked: the program ended with exit code {ExitCode} and {said} 'dotnet run -- data' checks them, and FineTuneCheckedRows=0 builds without.");
        return true;
    }
}
