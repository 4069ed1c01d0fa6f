using System.Diagnostics;
using System.Globalization;

namespace FineTune.Training;

/// <summary>What the process holds of main memory.</summary>
internal static class ProcessMemory
{
    /// <summary>The most that was resident at any time, in bytes.</summary>
    public static long Peak() => Read("VmHWM:") ?? Process.GetCurrentProcess().PeakWorkingSet64;

    /// <summary>What is resident now, in bytes.</summary>
    public static long Current() => Read("VmRSS:") ?? Process.GetCurrentProcess().WorkingSet64;

    private static long? Read(string key)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? null : long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
