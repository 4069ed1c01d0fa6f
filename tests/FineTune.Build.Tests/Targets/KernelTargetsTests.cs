namespace FineTune.Build.Tests.Targets;

/// <summary>Which kernels a build compiles, and which not.</summary>
public sealed class KernelTargetsTests
{
    private static readonly string[] Both = ["first.cu", "second.cu"];

    public KernelTargetsTests() => FakeProgram.SkipWithoutShell();

    [Fact]
    public void EditsCompileWhatTheyTouch_AndNothingElse()
    {
        using var project = new KernelProject();

        Check("first build", project, Both, project.Build());
        Check("nothing changed", project, [], project.Build());

        project.Touch("second.cu");
        Check("one kernel touched", project, ["second.cu"], project.Build());

        project.Touch("shared.h");
        Check("header touched", project, ["first.cu"], project.Build());

        project.Write("first.cu", "");
        project.Delete("shared.h");
        Check("header no longer included, and deleted", project, ["first.cu"], project.Build());
        Check("nothing changed since", project, [], project.Build());

        Check("option changed", project, Both, project.Build("-p:FineTuneCudaArchitecture=sm_80"));
        Check("same option again", project, [], project.Build("-p:FineTuneCudaArchitecture=sm_80"));

        project.Write("third.cu", "");
        Check("kernel added", project, ["first.cu", "second.cu", "third.cu"], project.Build("-p:FineTuneCudaArchitecture=sm_80"));
        Assert.True(File.Exists(project.InOutput("kernels/third.ptx")));

        project.Delete("third.cu");
        Check("kernel removed", project, Both, project.Build("-p:FineTuneCudaArchitecture=sm_80"));
        Assert.False(File.Exists(project.InOutput("kernels/third.ptx")));

        project.Delete("obj/Debug/net10.0/finetune/kernels/first.ptx");
        Check("output deleted", project, ["first.cu"], project.Build("-p:FineTuneCudaArchitecture=sm_80"));

        project.Build("-t:Clean", "-p:FineTuneCudaArchitecture=sm_80");
        Assert.Empty(Directory.EnumerateFiles(project.Root, "*.ptx*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("a folder")]
    [InlineData("größe")]
    public void FolderNames_MayHaveSpacesAndOtherLetters(string name)
    {
        using var project = new KernelProject(name);

        Check("first build", project, Both, project.Build());
        Check("nothing changed", project, [], project.Build());
        project.Touch("shared.h");
        Check("header touched", project, ["first.cu"], project.Build());
    }

    [Fact]
    public void CompileError_StopsTheBuildAtItsLine_AndLeavesNoOutput()
    {
        using var project = new KernelProject();
        project.Write("second.cu", "broken");

        project.Build();

        Assert.NotEqual(0, project.ExitCode);
        Assert.Contains("second.cu(3): error FT4001: expected a \";\"", project.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(project.Root, "obj/Debug/net10.0/finetune/kernels/second.ptx")));

        project.Write("second.cu", "");
        Assert.Contains("second.cu", project.Build());
    }

    [Fact]
    public void TwoKernelsOfOneName_AreErrorFT4005()
    {
        using var project = new KernelProject();
        project.Write("more/First.cu", "");

        project.Build();

        Assert.NotEqual(0, project.ExitCode);
        Assert.Contains("error FT4005: There are two kernels named", project.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NoKernels_NoCompiler()
    {
        using var project = new KernelProject();
        project.Delete("first.cu");
        project.Delete("second.cu");

        Check("no kernels", project, [], project.Build("-p:FineTuneCudaCompiler=/no/such/nvcc"));
    }

    [Fact]
    public void MissingCompiler_IsAnErrorWhereKernelsAreRequired()
    {
        using var project = new KernelProject();

        project.Build("-p:FineTuneKernels=Required", "-p:FineTuneCudaCompiler=/no/such/nvcc");

        Assert.NotEqual(0, project.ExitCode);
        Assert.Contains("error FT4003", project.Output, StringComparison.Ordinal);
    }

    private static void Check(string situation, KernelProject project, IReadOnlyList<string> expected, IReadOnlyList<string> compiled)
    {
        Assert.True(project.ExitCode == 0, $"{situation}: the build failed.\n{project.Output}");
        Assert.True(expected.SequenceEqual(compiled), $"{situation}: compiled [{string.Join(", ", compiled)}].\n{project.Output}");
    }
}
