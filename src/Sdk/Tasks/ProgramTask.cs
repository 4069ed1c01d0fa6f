using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FineTune.Build.Tasks;

/// <summary>Runs the project's own program; its errors and warnings become the build's, with code and place.</summary>
public abstract class ProgramTask : ToolTask
{
    /// <summary>The project's program: its assembly, or where it brings its own .NET, its executable.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>The dotnet host that runs the assembly; empty where the program is an executable.</summary>
    public string Host { get; set; } = "";

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

    /// <summary>The program's own arguments.</summary>
    protected abstract IEnumerable<string> Arguments { get; }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => Host.Length > 0 ? Host : Program;

    /// <inheritdoc/>
    protected override string GetWorkingDirectory() => ProjectFolder;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var builder = new CommandLineBuilder();
        if (Host.Length > 0)
        {
            builder.AppendSwitch("exec");
            builder.AppendFileNameIfNotNull(Program);
        }

        foreach (string argument in Arguments)
            builder.AppendFileNameIfNotNull(argument);
        return builder.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (ProgramMessage.Parse(singleLine) is not { } message)
        {
            Log.LogMessage(messageImportance, "{0}", singleLine);
            return;
        }

        string? file = message.File is null ? null : Path.GetFullPath(message.File, ProjectFolder);
        // A place may also be a key of the recipe.
        bool isPath = Path.Exists(file);
        string text = isPath || file is null ? message.Text : $"{message.File}: {message.Text}";
        if (message.IsError)
            Log.ReportError(message.Code, isPath ? file : null, text, message.Line);
        else
            Log.ReportWarning(message.Code, isPath ? file : null, text, message.Line);
    }
}
