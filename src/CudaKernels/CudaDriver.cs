using System.Runtime.InteropServices;

namespace FineTune.CudaKernels;

/// <summary>
/// The part of the CUDA driver API that launching a kernel needs, from the library that the graphics driver installs. A
/// machine without it has no <see cref="CudaDriver"/>, and callers take their way without kernels.
/// </summary>
public sealed unsafe class CudaDriver
{
    /// <summary>Our kernels declare their shared memory themselves.</summary>
    private const uint DynamicSharedMemory = 0;

    private readonly delegate* unmanaged<int, byte**, int> _getErrorName;
    private readonly delegate* unmanaged<int*, int, int> _deviceGet;
    private readonly delegate* unmanaged<nint*, int, int> _primaryContextRetain;
    private readonly delegate* unmanaged<int, int> _primaryContextRelease;
    private readonly delegate* unmanaged<nint, int> _contextSetCurrent;
    private readonly delegate* unmanaged<nint*, byte*, int> _moduleLoadData;
    private readonly delegate* unmanaged<nint, int> _moduleUnload;
    private readonly delegate* unmanaged<nint*, nint, byte*, int> _moduleGetFunction;
    private readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> _launchKernel;

    private CudaDriver(nint library)
    {
        var initialize = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        var deviceGetCount = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDeviceGetCount");
        _getErrorName = (delegate* unmanaged<int, byte**, int>)NativeLibrary.GetExport(library, "cuGetErrorName");
        _deviceGet = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet");
        _primaryContextRetain = (delegate* unmanaged<nint*, int, int>)NativeLibrary.GetExport(library, "cuDevicePrimaryCtxRetain");
        _primaryContextRelease = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "cuDevicePrimaryCtxRelease_v2");
        _contextSetCurrent = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuCtxSetCurrent");
        _moduleLoadData = (delegate* unmanaged<nint*, byte*, int>)NativeLibrary.GetExport(library, "cuModuleLoadData");
        _moduleUnload = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuModuleUnload");
        _moduleGetFunction = (delegate* unmanaged<nint*, nint, byte*, int>)NativeLibrary.GetExport(library, "cuModuleGetFunction");
        _launchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)
            NativeLibrary.GetExport(library, "cuLaunchKernel");

        Check("cuInit", initialize(0));
        int count = 0;
        Check("cuDeviceGetCount", deviceGetCount(&count));
        DeviceCount = count;
    }

    /// <summary>How many GPUs the process may use.</summary>
    public int DeviceCount { get; }

    /// <summary>Loads the driver, or says why kernels cannot run here.</summary>
    /// <param name="reason">What is missing, where the result is <see langword="null"/>; otherwise empty.</param>
    public static CudaDriver? TryLoad(out string reason) =>
        TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out reason);

    internal static CudaDriver? TryLoad(string library, out string reason)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            reason = $"The CUDA driver ({library}) is not installed.";
            return null;
        }

        try
        {
            var driver = new CudaDriver(handle);
            reason = driver.DeviceCount > 0 ? "" : "The CUDA driver finds no GPU.";
            return driver.DeviceCount > 0 ? driver : null;
        }
        catch (EntryPointNotFoundException e)
        {
            reason = $"The CUDA driver ({library}) is too old: {e.Message}";
        }
        catch (CudaException e)
        {
            reason = e.Message;
        }

        NativeLibrary.Free(handle);
        return null;
    }

    /// <summary>The handle of the GPU number <paramref name="device"/>.</summary>
    internal int GetDevice(int device)
    {
        int handle = 0;
        Check("cuDeviceGet", _deviceGet(&handle, device));
        return handle;
    }

    /// <summary>The context that TorchSharp uses on the GPU, too. To be released as often as retained.</summary>
    internal nint RetainContext(int deviceHandle)
    {
        nint context = 0;
        Check("cuDevicePrimaryCtxRetain", _primaryContextRetain(&context, deviceHandle));
        return context;
    }

    internal void ReleaseContext(int deviceHandle) => Check("cuDevicePrimaryCtxRelease", _primaryContextRelease(deviceHandle));

    /// <summary>Makes a context the calling thread's own.</summary>
    internal void SetCurrentContext(nint context) => Check("cuCtxSetCurrent", _contextSetCurrent(context));

    /// <summary>Compiles PTX for the current GPU. <paramref name="ptx"/> ends with a zero byte.</summary>
    internal nint LoadModule(ReadOnlySpan<byte> ptx)
    {
        nint module = 0;
        fixed (byte* text = ptx)
            Check("cuModuleLoadData", _moduleLoadData(&module, text));
        return module;
    }

    internal void UnloadModule(nint module) => Check("cuModuleUnload", _moduleUnload(module));

    internal nint GetFunction(nint module, ReadOnlySpan<byte> name)
    {
        nint function = 0;
        fixed (byte* text = name)
            Check("cuModuleGetFunction", _moduleGetFunction(&function, module, text));
        return function;
    }

    internal void Launch(nint function, KernelLaunch launch, void** arguments) => Check(
        "cuLaunchKernel",
        _launchKernel(
            function, launch.GridX, 1, 1, launch.BlockX, launch.BlockY, 1, DynamicSharedMemory, launch.Stream, arguments, null));

    private void Check(string function, int code)
    {
        if (code == 0)
            return;

        byte* name = null;
        string text = _getErrorName(code, &name) == 0 ? Marshal.PtrToStringUTF8((nint)name) ?? "" : "an unknown error";
        throw new CudaException(function, code, text);
    }
}
