using System.Text;

namespace FineTune.CudaKernels;

/// <summary>The kernels of one source file, compiled for one GPU by the driver.</summary>
internal sealed class KernelModule : IDisposable
{
    private readonly CudaDriver _driver;
    private readonly int _device;
    private readonly nint _context;
    private nint _handle;

    /// <summary>Compiles <paramref name="ptx"/> for the GPU number <paramref name="device"/>.</summary>
    /// <exception cref="CudaException">The driver is too old for the PTX, or the GPU for its architecture.</exception>
    public KernelModule(CudaDriver driver, int device, ReadOnlySpan<byte> ptx)
    {
        _driver = driver;
        _device = driver.GetDevice(device);
        _context = driver.RetainContext(_device);
        try
        {
            driver.SetCurrentContext(_context);
            // The driver reads up to a zero byte.
            _handle = driver.LoadModule([.. ptx, 0]);
        }
        catch (CudaException)
        {
            driver.ReleaseContext(_device);
            throw;
        }
    }

    /// <summary>The kernel of that entry name.</summary>
    public nint Function(string name)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        return _driver.GetFunction(_handle, Encoding.UTF8.GetBytes(name + '\0'));
    }

    /// <summary>Queues a kernel; it runs after what the stream already holds.</summary>
    public unsafe void Launch(nint function, KernelLaunch launch, void** arguments)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        _driver.SetCurrentContext(_context);
        _driver.Launch(function, launch, arguments);
    }

    public void Dispose()
    {
        if (_handle == 0)
            return;

        _driver.SetCurrentContext(_context);
        _driver.UnloadModule(_handle);
        _driver.ReleaseContext(_device);
        _handle = 0;
    }
}
