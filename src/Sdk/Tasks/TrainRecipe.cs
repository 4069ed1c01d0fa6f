using System.Text;
using FineTune.Build.Training;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FineTune.Build.Tasks;

/// <summary>
/// Trains one recipe by the project's own program, which goes on with an interrupted run and finds a finished one. Its
/// progress becomes messages, its errors become errors with code and place.
/// </summary>
public sealed class TrainRecipe : ToolTask
{
    /// <summary>The program: the project's built assembly.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>The dotnet host that runs it.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>The recipe's name.</summary>
    [Required]
    public string Recipe { get; set; } = "";

    /// <summary>The project's folder, where a recipe's relative paths start.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => "dotnet";

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => Host;

    /// <inheritdoc/>
    protected override string GetWorkingDirectory() => ProjectFolder;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var builder = new CommandLineBuilder();
        builder.AppendSwitch("exec");
        builder.AppendFileNameIfNotNull(Program);
        builder.AppendSwitch("train");
        builder.AppendFileNameIfNotNull(Recipe);
        return builder.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (TrainingError.Parse(singleLine) is { } error)
            Log.ReportError(error.Code, error.File is null ? null : Path.GetFullPath(error.File, ProjectFolder), error.Message, error.Line);
        else
            Log.LogMessage(messageImportance, "{0}", singleLine);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            Log.ReportError(
                "FT3052", null,
                $"The training of '{Recipe}' ended with exit code {ExitCode} and without an error. Its messages above may say more; the next build goes on from its last checkpoint.");
        }

        return false;
    }
}
