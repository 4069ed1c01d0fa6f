using System.Text.Json;
using FineTune.TestSupport;

namespace FineTune.Samples.Tests;

/// <summary>The program as the samples' builds run it.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rows", new[] { "signature", "summary" })]
    [InlineData("prose", new[] { "text" })]
    public void TwoRuns_WriteTheSameBytes(string command, string[] columns)
    {
        var first = _folder.File("first");
        var second = _folder.File("second");
        Succeeds(Run([command, first, .. ReferencePackFixture.Folders]));
        Succeeds(Run([command, second, .. ReferencePackFixture.Folders]));

        foreach (var file in new[] { "train.jsonl", "test.jsonl" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(first, file)), File.ReadAllBytes(Path.Combine(second, file)));
            using var row = JsonDocument.Parse(File.ReadLines(Path.Combine(first, file)).First());
            Assert.Equal(columns, row.RootElement.EnumerateObject().Select(property => property.Name));
        }
    }

    [Fact]
    public void MalformedDocumentation_IsOneMessageWithItsPlace()
    {
        File.Copy(Path.Combine(ReferencePackFixture.Folders[0], "System.Collections.dll"), _folder.File("System.Collections.dll"));
        var documentation = _folder.File("System.Collections.xml");
        File.WriteAllText(documentation, "<doc>\n<members>\n<member name=\"T:A\"><summary>Text</member>\n</members></doc>");

        var result = Run("rows", _folder.File("out"), _folder.Path);

        Assert.Equal(1, result.ExitCode);
        var line = Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{documentation}(3,", line, StringComparison.Ordinal);
        Assert.Contains(": error DOCS0001: The documentation file is not well-formed XML:", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void FolderWithoutPack_IsOneMessage()
    {
        var result = Run("rows", _folder.File("out"), _folder.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"{_folder.Path}: error DOCS0002: ", Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static void Succeeds(CommandResult result)
    {
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    private CommandResult Run(params IEnumerable<string> arguments) =>
        DotNet.Run(_folder.Path, new Dictionary<string, string>(), [Path.Combine(AppContext.BaseDirectory, "DocsDataset.dll"), .. arguments]);
}
