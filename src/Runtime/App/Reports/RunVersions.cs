using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace FineTune.App.Reports;

/// <summary>The software that a run used.</summary>
/// <param name="FineTune">This library.</param>
/// <param name="TorchSharp">TorchSharp.</param>
/// <param name="Dotnet">The .NET runtime.</param>
/// <param name="Platform">The operating system and the processor's architecture.</param>
internal sealed record RunVersions(
    [property: JsonPropertyName("finetune")] string FineTune,
    [property: JsonPropertyName("torchsharp")] string TorchSharp,
    string Dotnet,
    string Platform)
{
    public static RunVersions Current { get; } = new(
        Of(typeof(RunVersions).Assembly),
        Of(typeof(TorchSharp.torch).Assembly),
        Environment.Version.ToString(),
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}".Trim());

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
