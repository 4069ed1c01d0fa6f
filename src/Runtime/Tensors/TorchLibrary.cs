using System.Runtime.InteropServices;
using TorchSharp;

namespace FineTune.Tensors;

/// <summary>
/// Loads libtorch before the first tensor: the one beside the program, or an existing one where the project's
/// <c>FineTuneDevice</c> is <c>external</c>. TorchSharp's own failure says neither what is missing nor what to do.
/// </summary>
internal static class TorchLibrary
{
    /// <summary>The setting that the build writes into the program's runtimeconfig.json.</summary>
    private const string ExternalFolderSetting = "FineTune.LibTorchPath";

    /// <summary>What the runtime itself looks through for native libraries.</summary>
    private const string SearchFoldersSetting = "NATIVE_DLL_SEARCH_DIRECTORIES";

    private static readonly Lazy<FineTuneException?> Failure = new(() => TryLoad(AppContext.GetData(ExternalFolderSetting) as string));

    /// <summary>Must be called before the first tensor; later calls do nothing.</summary>
    /// <exception cref="FineTuneException">There is no libtorch, or it cannot be loaded here.</exception>
    public static void Load()
    {
        NativeAllocator.Configure();
        CompiledProducts.Configure();
        // A new exception each time: a cached one would carry the first caller's stack.
        if (Failure.Value is { } failure)
            throw new FineTuneException(failure.Code, failure.Message, failure.Place, failure);
    }

    /// <summary>Loads libtorch.</summary>
    /// <param name="external">The folder of an existing one; <see langword="null"/> for that beside the program.</param>
    /// <returns>Why it is not loaded; <see langword="null"/> if it is.</returns>
    internal static FineTuneException? TryLoad(string? external)
    {
        string torch = FileName("torch");
        string[] folders = external is null ? SearchFolders() : [external];
        string? path = folders.Select(folder => Path.Combine(folder, torch)).FirstOrDefault(File.Exists);
        if (path is null)
            return new FineTuneException("FT5020", Missing(external, torch));

        try
        {
            // By its full path, with what it needs from its own folder. Libraries that ask for it by name get this one:
            // the system's loader looks among what is loaded first.
            if (external is not null)
                NativeLibrary.Load(path);
            TorchSharp.torch.InitializeDeviceType(DeviceType.CPU);
            return null;
        }
        catch (Exception e) when (e is TypeInitializationException or NotSupportedException or DllNotFoundException or BadImageFormatException)
        {
            return new FineTuneException(
                "FT5021",
                $"libtorch is there, but cannot be loaded: {Cause(e)} It needs a 64-bit glibc 2.34 or newer on Linux, and the version that TorchSharp is built for.",
                path,
                e);
        }
    }

    private static string Missing(string? external, string torch) => external is not null
        ? $"The program was built for a libtorch in '{external}', where there is no {torch}. Put it back, or build again with FineTuneLibTorchPath set to where it is now."
        : $"The program has no libtorch: there is no {torch} beside it. Set FineTuneDevice to cpu in the project file, where it is none, and build for this machine's platform.";

    /// <summary>The system loader's own words, which TorchSharp's exception leaves out.</summary>
    private static string Cause(Exception failure)
    {
        foreach (string folder in SearchFolders())
        {
            string binding = Path.Combine(folder, FileName("LibTorchSharp"));
            if (!File.Exists(binding))
                continue;

            try
            {
                NativeLibrary.Load(binding);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                return e.Message.ReplaceLineEndings(" ");
            }
        }

        return failure.GetBaseException().Message.ReplaceLineEndings(" ");
    }

    private static string[] SearchFolders() =>
    [
        .. (AppContext.GetData(SearchFoldersSetting) as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        AppContext.BaseDirectory,
    ];

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
}
