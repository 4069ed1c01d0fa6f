namespace FineTune.Sdk.IntegrationTests;

/// <summary>A user's own kernel, by whatever compiler this machine has.</summary>
public sealed class KernelTests(PackedFeed feed)
{
    [Fact]
    public void Kernel_BecomesPtxInTheOutput_AndAMistakeIsAnErrorAtItsLine()
    {
        using var project = new OutsideProject(feed);
        project.Write("kernels/scale.cu", """
            #include "finetune_cuda.cuh"

            extern "C" __global__ void scale(float *x, float factor, int count)
            {
                const int i = blockIdx.x * blockDim.x + threadIdx.x;
                if (i < count)
                    x[i] *= factor;
            }
            """);

        BuildResult result = project.BuildCleanly();
        string ptx = project.File("bin/Debug/net10.0/kernels/scale.ptx");
        Assert.SkipUnless(File.Exists(ptx), "This machine has no compiler for CUDA kernels.");
        Assert.True(result.Ran("FineTuneCompileKernels"));
        Assert.Contains(".visible .entry scale(", File.ReadAllText(ptx), StringComparison.Ordinal);
        Assert.False(project.BuildCleanly().Ran("FineTuneCompileKernels"));

        project.Write("kernels/scale.cu", "extern \"C\" __global__ void scale(float *x)\n{\n    x[0] = factor;\n}\n");
        var error = Assert.Single(project.Build().Diagnostics);
        Assert.Equal(("FT4001", project.File("kernels/scale.cu"), 3), (error.Code, error.File, error.LineNumber));
    }

    [Fact]
    public void WithoutACompiler_KernelsAreLeftOut_OrAnErrorWhereRequired()
    {
        using var project = new OutsideProject(feed);
        project.Write("scale.cu", "");

        project.BuildCleanly("-p:FineTuneKernels=None");
        Assert.False(Directory.Exists(project.File("bin/Debug/net10.0/kernels")));
        Assert.Equal(["FT4003"], project.Build("-p:FineTuneKernels=Required", "-p:FineTuneCudaCompiler=/no/such/nvcc").ErrorCodes);
    }
}
