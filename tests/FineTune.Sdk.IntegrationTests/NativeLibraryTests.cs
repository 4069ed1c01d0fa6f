using FineTune.TestSupport;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>libtorch in a user's output: it loads, it is linked, and the package cache stays as it was.</summary>
public sealed class NativeLibraryTests(PackedFeed feed)
{
    private const string Compute = "Console.WriteLine(TorchSharp.torch.ones(2, 2).matmul(TorchSharp.torch.ones(2, 2)).sum().item<float>());";

    public static string LibTorchInCache => Path.Combine(
        Repository.PackageFolder, "libtorch-cpu-linux-x64", Repository.LibTorchVersion, "runtimes", "linux-x64", "native");

    private static string InCache => Path.Combine(
        Repository.PackageFolder, "torchsharp", Repository.TorchSharpVersion, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    [Fact]
    public void TensorsCompute_AndTheCacheStaysUntouched()
    {
        SkipElsewhere();
        byte[] before = File.ReadAllBytes(InCache);
        using var project = new OutsideProject(feed, properties: "");
        project.Write("Program.cs", Compute);

        BuildResult first = project.BuildCleanly();
        Assert.True(first.Ran("FineTuneFixNativeLibraries"));
        Assert.False(project.BuildCleanly().Ran("FineTuneFixNativeLibraries"));

        Assert.Equal("8", project.Start().Output.Trim());
        byte[] output = File.ReadAllBytes(project.File("bin/Debug/net10.0/runtimes/linux-x64/native/libLibTorchSharp.so"));
        Assert.Equal(before, File.ReadAllBytes(InCache));
        Assert.Equal(1, before.Zip(output).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void Libtorch_IsLinkedIntoTheOutput()
    {
        SkipElsewhere();
        using var project = new OutsideProject(feed, properties: "");
        project.BuildCleanly();

        string library = project.File("bin/Debug/net10.0/runtimes/linux-x64/native/libtorch_cpu.so");
        Assert.SkipUnless(OnOneFileSystem(project.Root), "The package folder is on another file system, where no link is possible.");
        Assert.True(Links(library) > 1, "libtorch_cpu.so is a copy of half a gigabyte.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-r", "linux-x64", "--self-contained", "false")]
    public void PublishedProgram_Computes(params string[] arguments)
    {
        SkipElsewhere();
        using var project = new OutsideProject(feed, properties: "");
        project.Write("Program.cs", Compute);

        BuildResult result = project.Publish([.. arguments.Where(a => a.Length > 0), "-o", project.File("published")]);
        Assert.True(result.Succeeded, result.Text);

        CommandResult run = DotNet.Run(project.Root, feed.Environment, project.File("published/App.dll"));
        Assert.Equal("8", run.Output.Trim());
    }

    private static void SkipElsewhere() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(InCache), "The package for linux-x64 is what this is about.");

    private static bool OnOneFileSystem(string folder) => Stat("%d", folder) == Stat("%d", Repository.PackageFolder);

    private static int Links(string file) => int.Parse(Stat("%h", file), System.Globalization.CultureInfo.InvariantCulture);

    private static string Stat(string format, string path)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["-c", format, path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
