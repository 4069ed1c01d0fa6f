using System.CommandLine;
using System.CommandLine.Invocation;
using FineTune.App.Reports;

namespace FineTune.App.Commands;

/// <summary><c>--version</c>: of what trains, not of the user's project.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var versions = RunVersions.Current;
        parseResult.InvocationConfiguration.Output.WriteLine(
            $"FineTune.Sdk {versions.FineTune}\nTorchSharp   {versions.TorchSharp}\n.NET         {versions.Dotnet}\n{versions.Platform}");
        return ExitCode.Done;
    }
}
