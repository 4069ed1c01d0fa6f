using System.Diagnostics;

namespace FineTune.TestSupport;

/// <summary>Runs <c>dotnet</c> as a user would, in a scrubbed environment.</summary>
public static class DotNet
{
    /// <summary>Runs a command to its end; fails the test when it takes longer than ten minutes.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="environment">What is set besides the scrubbed environment.</param>
    /// <param name="arguments">The command and its arguments.</param>
    public static CommandResult Run(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(arguments);
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        BuildEnvironment.Scrub(start.Environment);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within ten minutes.");
        }

        return new CommandResult(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
