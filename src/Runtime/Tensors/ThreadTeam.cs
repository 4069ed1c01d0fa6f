using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FineTune.Tensors;

/// <summary>
/// Runs managed kernels on libtorch's own OpenMP threads. Between two of libtorch's operations these threads spin for some ten
/// microseconds: a kernel on .NET's pool would have to wait until one of them gives up its core, and then libtorch for the
/// pool. Where libtorch uses no GNU or Intel OpenMP (Windows, macOS), kernels run on .NET's pool.
/// </summary>
internal static unsafe class ThreadTeam
{
    private static readonly delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void> Parallel;
    private static readonly delegate* unmanaged<int> ThreadNumber;

    static ThreadTeam()
    {
        if (!OperatingSystem.IsLinux() || Library() is not { } library)
            return;
        if (NativeLibrary.TryGetExport(library, "GOMP_parallel", out var parallel) && NativeLibrary.TryGetExport(library, "omp_get_thread_num", out var number))
        {
            Parallel = (delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void>)parallel;
            ThreadNumber = (delegate* unmanaged<int>)number;
        }
    }

    /// <summary>Whether kernels run on libtorch's threads.</summary>
    public static bool IsShared => Parallel is not null;

    /// <summary>Calls <paramref name="body"/> once for each part, at the same time.</summary>
    public static void Run(int parts, Action<int> body)
    {
        if (Parallel is null)
        {
            System.Threading.Tasks.Parallel.For(0, parts, body);
            return;
        }

        var work = new Work(parts, body);
        var handle = GCHandle.Alloc(work);
        try
        {
            Parallel(&RunPart, (void*)GCHandle.ToIntPtr(handle), (uint)parts, 0);
        }
        finally
        {
            handle.Free();
        }

        // OpenMP may give fewer threads than asked for, as inside of a region of its own.
        for (var part = work.Threads; part < parts; part++)
            body(part);
        if (work.Failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    [UnmanagedCallersOnly]
    private static void RunPart(void* data)
    {
        var work = Unsafe.As<Work>(GCHandle.FromIntPtr((nint)data).Target!);
        var part = ThreadNumber();
        Interlocked.Increment(ref work.Threads);
        try
        {
            if (part < work.Parts)
                work.Body(part);
        }
        catch (Exception exception)
        {
            // Nothing may leave through native frames.
            work.Failure = exception;
        }
    }

    // The OpenMP that libtorch has loaded: its file's name carries a hash.
    private static nint? Library()
    {
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            var name = Path.GetFileName(module.FileName);
            if ((name.StartsWith("libgomp", StringComparison.Ordinal) || name.StartsWith("libiomp5", StringComparison.Ordinal))
                && NativeLibrary.TryLoad(module.FileName, out var handle))
                return handle;
        }

        return null;
    }

    private sealed class Work(int parts, Action<int> body)
    {
        public int Threads;

        public Exception? Failure { get; set; }

        public int Parts => parts;

        public Action<int> Body => body;
    }
}
