using System.Runtime.InteropServices;

namespace FineTune.Tensors;

/// <summary>
/// Shortens how long libtorch's OpenMP threads spin for work before they sleep. By default it is milliseconds: on a machine
/// that does anything else, each of thousands of operations a second then waits for a thread that spins in place of the one
/// that has the work, and training becomes ten times slower. Some ten microseconds bridge the gap between operations.
/// </summary>
internal static partial class NativeThreads
{
    private const string SpinCount = "2000";

    private static int _configured;

    /// <summary>Must be called before libtorch is loaded, which reads the setting once. A user's own setting stays.</summary>
    public static void Configure()
    {
        if (Interlocked.Exchange(ref _configured, 1) == 1 || !OperatingSystem.IsLinux())
            return;
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null)
            return;
        // .NET's own environment is a copy that native code does not see.
        if (NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "setenv", out _))
            _ = SetEnvironment("GOMP_SPINCOUNT", SpinCount, 0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
