using FineTune.Build.Elf;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace FineTune.Build.Tasks;

/// <summary>
/// Writes a copy of each native library in which a version requirement that nothing uses is weak, so that hosts with
/// an older C++ runtime load it. The source, often a file of the package cache, is never touched.
/// </summary>
public sealed class WeakenVersionRequirements : Task
{
    /// <summary>
    /// Libraries, each with metadata <c>Destination</c> (the copy), <c>Library</c> (the one asked, such as
    /// libstdc++.so.6) and <c>Version</c> (such as GLIBCXX_3.4.32).
    /// </summary>
    [Required]
    public ITaskItem[] Libraries { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (ITaskItem item in Libraries)
            Process(item);

        return !Log.HasLoggedErrors;
    }

    private void Process(ITaskItem item)
    {
        string source = item.GetMetadata("FullPath");
        string destination = Path.GetFullPath(item.GetMetadata("Destination"));
        string library = item.GetMetadata("Library");
        string version = item.GetMetadata("Version");
        try
        {
            byte[] bytes = File.ReadAllBytes(source);
            Report(WeakVersion.Apply(bytes, library, version), source, destination, library, version);
            WriteAtomically(destination, bytes);
        }
        catch (ElfFormatException e)
        {
            Log.ReportError(
                "FT3011", source,
                $"The native library cannot be prepared for this host: {e.Message}. Restore the package again, "
                + "or set FineTuneFixNativeLibraries=false to use the file as it is.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.ReportError("FT3012", source, $"The native library cannot be copied to '{destination}': {e.Message}");
        }
    }

    private void Report(WeakVersionResult result, string source, string destination, string library, string version)
    {
        if (result.UsedSymbol is { } symbol)
        {
            Log.ReportWarning(
                "FT3010", source,
                $"The native library uses '{symbol}' of {version}, so it runs only on hosts whose {library} has that version. "
                + $"Install a newer {library} there, or reference a TorchSharp version built for older hosts.");
            return;
        }

        Log.LogMessage(
            MessageImportance.Low,
            result.Changed ? "{0}: requirement {1} of {2} marked weak in '{3}'." : "{0}: requires no {1} of {2}; copied to '{3}'.",
            Path.GetFileName(source), version, library, destination);
    }

    /// <summary>A new file under the old name: hard links to an earlier one keep their content.</summary>
    private static void WriteAtomically(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + "." + Guid.NewGuid().ToString("N")[..8] + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
