using System.Runtime.InteropServices;

namespace FineTune.Tensors;

/// <summary>
/// Keeps glibc from handing every large block back to the kernel: without this each new tensor of megabytes costs more than
/// a thousand page faults, which is most of the time of an element-wise operation.
/// </summary>
internal static partial class NativeAllocator
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    private static int _configured;

    /// <summary>Must be called before the first tensor is made (<see cref="TorchLibrary"/> does); on other C libraries than glibc it does nothing.</summary>
    public static void Configure()
    {
        NativeThreads.Configure();
        if (Interlocked.Exchange(ref _configured, 1) == 1 || !OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var libc))
            return;
        // musl has no libc.so.6; a compatibility layer may, without this function.
        if (!NativeLibrary.TryGetExport(libc, "mallopt", out _))
            return;
        _ = Mallopt(MmapThreshold, 1 << 30);
        _ = Mallopt(TrimThreshold, int.MaxValue);
        _ = Mallopt(ArenaMax, 1);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Mallopt(int parameter, int value);
}
