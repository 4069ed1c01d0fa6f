using System.Globalization;
using System.Runtime.InteropServices;

namespace FineTune.Tensors;

/// <summary>
/// Bounds the products that oneDNN compiles and keeps, one for each size: its own bound of 1024 lets a run whose batches have many
/// lengths grow by hundreds of megabytes. A run uses a few dozen of them at a time.
/// </summary>
internal static partial class CompiledProducts
{
    /// <summary>oneDNN's variable; a value that the user gives is left as it is.</summary>
    public const string Variable = "ONEDNN_PRIMITIVE_CACHE_CAPACITY";

    private const int Kept = 256;

    private static int _configured;

    /// <summary>Must be called before the first product; later calls do nothing.</summary>
    public static void Configure()
    {
        // .NET's own environment is a copy, which native code does not see.
        if (Interlocked.Exchange(ref _configured, 1) == 0 && OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc)
            && NativeLibrary.TryGetExport(libc, "setenv", out _))
            _ = SetVariable(Variable, Kept.ToString(CultureInfo.InvariantCulture), overwrite: 0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
