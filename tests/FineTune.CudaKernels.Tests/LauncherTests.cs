using System.Runtime.InteropServices;

namespace FineTune.CudaKernels.Tests;

/// <summary>What reaches the driver, through a library that stands in for it.</summary>
public sealed unsafe class LauncherTests
{
    private static readonly Lazy<string> FakeDriver = new(() => HostCompiler.Compile("fake_cuda_driver"));

    [Fact]
    public void Launches_HaveTheGeometryAndTheArguments()
    {
        CudaDriver driver = Load(devices: 1, loadResult: 0);
        using (RmsNormKernel kernel = Create(driver))
        {
            kernel.Forward(y: 11, s: 12, x: 13, w: 14, rows: 5, features: 100, epsilon: 0.5f, stream: 9);
            kernel.BackwardInput(dx: 11, dy: 12, x: 13, w: 14, s: 15, rows: 5, features: 4096);
            kernel.BackwardWeight(dw: 11, dy: 12, x: 13, s: 15, rows: 5, features: 65);
        }

        Assert.Equal(
            "retain;load ptx;"
            + "launch 1 grid 5,1,1 block 128,1,1 shared 0 stream 9 arguments 11,12,13,14,100,0.5;"
            + "launch 2 grid 5,1,1 block 256,1,1 shared 0 stream 0;"
            + "launch 3 grid 3,1,1 block 32,16,1 shared 0 stream 0;"
            + "unload;release;",
            Notes());
    }

    [Fact]
    public void RefusedModule_IsAReason_AndReleasesTheContext()
    {
        CudaDriver driver = Load(devices: 1, loadResult: 218);
        Assert.SkipWhen(KernelSource.Read("rms_norm") is null, "This build found no compiler for CUDA kernels.");

        Assert.Null(RmsNormKernel.TryCreate(driver, 0, KernelElement.Float32, out string reason));

        Assert.Equal("The CUDA driver's cuModuleLoadData failed with CUDA_ERROR_INVALID_PTX (218).", reason);
        Assert.Equal("retain;release;", Notes());
    }

    [Fact]
    public void DriverWithoutGpu_IsAReason()
    {
        Reset(devices: 0, loadResult: 0);

        Assert.Null(CudaDriver.TryLoad(FakeDriver.Value, out string reason));
        Assert.Equal("The CUDA driver finds no GPU.", reason);
    }

    [Fact]
    public void MissingDriver_IsAReason()
    {
        Assert.Null(CudaDriver.TryLoad("libno_such_driver.so", out string reason));
        Assert.Equal("The CUDA driver (libno_such_driver.so) is not installed.", reason);
    }

    [Fact]
    public void WrongShapes_AreRefused()
    {
        CudaDriver driver = Load(devices: 1, loadResult: 0);
        using RmsNormKernel kernel = Create(driver);

        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Forward(1, 1, 1, 1, rows: 0, features: 8, epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.BackwardWeight(1, 1, 1, 1, rows: 8, features: -1));
    }

    private static RmsNormKernel Create(CudaDriver driver)
    {
        Assert.SkipWhen(KernelSource.Read("rms_norm") is null, "This build found no compiler for CUDA kernels.");
        return RmsNormKernel.TryCreate(driver, 0, KernelElement.Float32, out _)!;
    }

    private static CudaDriver Load(int devices, int loadResult)
    {
        Reset(devices, loadResult);
        return CudaDriver.TryLoad(FakeDriver.Value, out _)!;
    }

    private static void Reset(int devices, int loadResult) =>
        ((delegate* unmanaged<int, int, void>)Export("fake_reset"))(devices, loadResult);

    private static string Notes() => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Export("fake_notes"))())!;

    private static void* Export(string name) => (void*)NativeLibrary.GetExport(NativeLibrary.Load(FakeDriver.Value), name);
}
