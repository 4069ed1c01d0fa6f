using FineTune.Model;
using FineTune.Reading.ChatTemplates;
using FineTune.TestSupport;
using Microsoft.CodeAnalysis;

namespace FineTune.Generators.Tests;

/// <summary>The templates of real models have no mistakes that the build would tell.</summary>
public sealed class RealTemplateTests
{
    private static string Folder => Path.Combine(Environment.GetEnvironmentVariable("FINETUNE_ASSETS") ?? Path.Combine(Repository.Root, "..", "shared", "assets"), "templates");

    [Fact]
    public void HaveNoMistakes()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "No assets: set FINETUNE_ASSETS, or put them at ../shared/assets.");
        var files = Directory.EnumerateFiles(Folder, "*.jinja", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        var told = files.SelectMany(file => ChatTemplateReader.Read(new ChatTemplateFile(file, file, File.ReadAllText(file)), TestContext.Current.CancellationToken).Diagnostics
            .Where(diagnostic => diagnostic.ToDiagnostic().Severity != DiagnosticSeverity.Info)
            .Select(diagnostic => $"{Path.GetFileName(file)}({diagnostic.Location!.Lines.Start.Line + 1}): {diagnostic.Id}: {diagnostic.Message}"));
        Assert.True(!told.Any(), string.Join('\n', told));
    }
}
