using FineTune.Build.Kernels;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FineTune.Build.Tasks;

/// <summary>Compiles one kernel to PTX by nvcc or clang.</summary>
public sealed class CompileCudaKernel : ToolTask
{
    /// <summary>The kernel's source, a full path.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>The compiler, as <see cref="ResolveCudaCompiler"/> found it.</summary>
    [Required]
    public string CompilerPath { get; set; } = "";

    /// <summary>Such as sm_70.</summary>
    [Required]
    public string Architecture { get; set; } = "";

    /// <summary>The folder of finetune_device.h.</summary>
    [Required]
    public string HeaderFolder { get; set; } = "";

    /// <summary>The PTX file to write.</summary>
    [Required]
    public string PtxFile { get; set; } = "";

    /// <summary>Where the compiler writes which files the source includes.</summary>
    [Required]
    public string DependencyFile { get; set; } = "";

    /// <summary>Further folders of headers.</summary>
    public string[] IncludeFolders { get; set; } = [];

    /// <summary>Further options, as typed.</summary>
    public string Options { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => System.IO.Path.GetFileName(CompilerPath);

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PtxFile)!);
        bool succeeded = base.Execute() && !Log.HasLoggedErrors;
        // What a failed or interrupted compiler left must not pass for its result in the next build.
        if (!succeeded)
            File.Delete(PtxFile);
        return succeeded;
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => CompilerPath;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var builder = new CommandLineBuilder(quoteHyphensOnCommandLine: false);
        var commandLine = new CudaCommandLine
        {
            Compiler = CudaCompiler.KindOf(CompilerPath),
            Source = Source,
            Output = PtxFile,
            DependencyFile = DependencyFile,
            Architecture = Architecture,
            HeaderFolder = HeaderFolder,
            IncludeFolders = IncludeFolders,
        };
        foreach (string argument in commandLine.Arguments())
            builder.AppendTextUnquoted(Quoted(argument) + " ");
        builder.AppendTextUnquoted(Options);
        return builder.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (CudaDiagnosticParser.Parse(singleLine) is not { } diagnostic)
        {
            Log.LogMessage(MessageImportance.Low, "{0}", singleLine);
            return;
        }

        string file = diagnostic.File.Length > 0 ? diagnostic.File : Source;
        if (!diagnostic.IsError)
            Log.ReportWarning("FT4004", file, diagnostic.Message, diagnostic.Line, diagnostic.Column);
        else if (diagnostic.IsAboutCompiler)
            Log.ReportError("FT4002", file, $"{ToolName} refused to compile the kernel: {diagnostic.Message}");
        else
            Log.ReportError("FT4001", file, diagnostic.Message, diagnostic.Line, diagnostic.Column);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            Log.ReportError(
                "FT4002", Source,
                $"{ToolName} ended with exit code {ExitCode} and without a message. Run it by hand: {CompilerPath} {GenerateCommandLineCommands()}");
        }

        return false;
    }

    private static string Quoted(string argument) =>
        argument.AsSpan().ContainsAny(' ', '\t', '"')
            ? $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : argument;
}
