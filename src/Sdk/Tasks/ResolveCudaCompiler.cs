using System.ComponentModel;
using System.Diagnostics;
using FineTune.Build.Kernels;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace FineTune.Build.Tasks;

/// <summary>
/// Finds a compiler for kernels: the one named, else nvcc of CUDA_PATH, else nvcc or clang of PATH. Finding none is an
/// error only where kernels are required; the runtime has a way without each kernel.
/// </summary>
public sealed class ResolveCudaCompiler : Task
{
    private const int SecondsToAnswer = 30;

    /// <summary>A compiler to use before any other, or empty.</summary>
    public string CompilerPath { get; set; } = "";

    /// <summary>Whether finding none is an error.</summary>
    public bool IsRequired { get; set; }

    /// <summary>The toolkit's folder; CUDA_PATH by default.</summary>
    public string CudaPath { get; set; } = Environment.GetEnvironmentVariable("CUDA_PATH") ?? "";

    /// <summary>The folders of programs; PATH by default.</summary>
    public string SearchPath { get; set; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>The compiler found, or empty.</summary>
    [Output]
    public string Path { get; private set; } = "";

    /// <summary>Its version.</summary>
    [Output]
    public string Version { get; private set; } = "";

    /// <summary>The architecture to compile for where the project names none.</summary>
    [Output]
    public string DefaultArchitecture { get; private set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        bool isExplicit = CompilerPath.Length > 0;
        if (isExplicit && !File.Exists(CompilerPath))
        {
            Log.ReportError("FT4003", null, $"FineTuneCudaCompiler is '{CompilerPath}', where there is no file. Set it to the path of nvcc or of clang 14 or newer.");
            return false;
        }

        IEnumerable<string> candidates = isExplicit ? [CompilerPath] : new CudaCompilerSearch(CudaPath, SearchPath).Candidates();
        var rejected = new List<string>();
        foreach (string path in candidates)
        {
            if (Probe(path, rejected) is { } compiler)
            {
                Log.LogMessage(MessageImportance.Normal, "Kernels are compiled by {0} {1}.", compiler.Path, compiler.Version);
                (Path, Version, DefaultArchitecture) = (compiler.Path, compiler.Version.ToString(), compiler.DefaultArchitecture);
                return true;
            }
        }

        return ReportNone(isExplicit, rejected);
    }

    private bool ReportNone(bool isExplicit, List<string> rejected)
    {
        string looked = rejected.Count == 0 ? "" : " Rejected: " + string.Join("; ", rejected) + ".";
        if (IsRequired || isExplicit)
            Log.ReportError("FT4003", null, $"No compiler for CUDA kernels was found.{looked} Install the CUDA toolkit or clang 14 or newer, or set FineTuneCudaCompiler.");
        else
            Log.LogMessage(MessageImportance.Normal, "No compiler for CUDA kernels was found; the kernels are not compiled.{0}", looked);

        return !Log.HasLoggedErrors;
    }

    private static CudaCompiler? Probe(string path, List<string> rejected)
    {
        CudaCompilerKind kind = CudaCompiler.KindOf(path);
        if (Ask(path, "--version") is not { } answer || CudaCompiler.ReadVersion(kind, answer) is not { } version)
        {
            rejected.Add($"'{path}' does not say its version");
            return null;
        }

        if (kind == CudaCompilerKind.Clang && version < CudaCompiler.OldestClang)
        {
            rejected.Add($"'{path}' is clang {version}, older than {CudaCompiler.OldestClang}");
            return null;
        }

        // Some systems ship clang without the code generator for NVIDIA's GPUs.
        if (kind == CudaCompilerKind.Clang && Ask(path, "--print-targets")?.Contains("nvptx64", StringComparison.Ordinal) != true)
        {
            rejected.Add($"'{path}' has no code generator for NVIDIA GPUs");
            return null;
        }

        return new CudaCompiler(kind, path, version);
    }

    /// <summary>What the compiler prints, or null where it cannot run.</summary>
    private static string? Ask(string path, string question)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, question)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            })!;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(SecondsToAnswer));
            using CancellationTokenRegistration kill = patience.Token.Register(() => process.Kill(entireProcessTree: true));
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            // Not a program, or none for this machine: the caller reports it as rejected.
            return null;
        }
    }
}
