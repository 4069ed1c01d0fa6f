using System.Diagnostics;
using System.Text.Json;

namespace FineTune.Samples.Tests;

/// <summary>The program as the samples' builds run it.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("docs-dataset").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rows", new[] { "signature", "summary" })]
    [InlineData("prose", new[] { "text" })]
    public void TwoRuns_WriteTheSameBytes(string command, string[] columns)
    {
        var first = Path.Combine(_folder, "first");
        var second = Path.Combine(_folder, "second");
        Assert.Equal((0, ""), Run([command, first, .. ReferencePackFixture.Folders]));
        Assert.Equal((0, ""), Run([command, second, .. ReferencePackFixture.Folders]));

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
        File.Copy(Path.Combine(ReferencePackFixture.Folders[0], "System.Collections.dll"), Path.Combine(_folder, "System.Collections.dll"));
        var documentation = Path.Combine(_folder, "System.Collections.xml");
        File.WriteAllText(documentation, "<doc>\n<members>\n<member name=\"T:A\"><summary>Text</member>\n</members></doc>");

        var (exitCode, error) = Run("rows", Path.Combine(_folder, "out"), _folder);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{documentation}(3,", line, StringComparison.Ordinal);
        Assert.Contains(": error DOCS0001: The documentation file is not well-formed XML:", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "out")));
    }

    [Fact]
    public void FolderWithoutPack_IsOneMessage()
    {
        var (exitCode, error) = Run("rows", Path.Combine(_folder, "out"), _folder);
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{_folder}: error DOCS0002: ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static (int ExitCode, string Error) Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "DocsDataset.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
