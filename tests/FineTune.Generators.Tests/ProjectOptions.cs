using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune.Generators.Tests;

/// <summary>What the SDK's targets tell the generator: the root namespace, and which additional files are recipes.</summary>
/// <param name="deviceMemory">The property FineTuneDeviceMemory.</param>
internal sealed class ProjectOptions(string? deviceMemory = null) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options("build_property.RootNamespace", "Samples", deviceMemory: deviceMemory);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options("", "");

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => textFile.Path.EndsWith(".jinja", StringComparison.Ordinal)
        ? new Options("build_metadata.AdditionalFiles.FineTuneItem", "ChatTemplate", textFile.Path[..^".jinja".Length])
        : Path.GetExtension(Path.ChangeExtension(textFile.Path, null)) switch
        {
            ".recipe" => Item("Recipe"),
            ".model" => Item("ModelFacts"),
            ".data" => Item("DataFacts"),
            _ => new Options("", ""),
        };

    private static Options Item(string item) => new("build_metadata.AdditionalFiles.FineTuneItem", item);

    private sealed class Options(string name, string text, string? model = null, string? deviceMemory = null) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == name ? text : key switch
            {
                "build_metadata.AdditionalFiles.FineTuneModel" => model,
                "build_property.FineTuneDeviceMemory" => deviceMemory,
                _ => null,
            };
            return value is not null;
        }
    }
}
