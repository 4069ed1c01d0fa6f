namespace FineTune.Build.Tests;

/// <summary>Shell scripts that stand in for compilers.</summary>
internal static class FakeProgram
{
    public static void SkipWithoutShell() =>
        Assert.SkipUnless(File.Exists("/bin/sh"), "The fake compilers are shell scripts, and this system has no /bin/sh.");

    public static string Write(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
