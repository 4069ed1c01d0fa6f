namespace FineTune.Build.Tasks;

/// <summary>Files in obj, each whole or not there at all.</summary>
internal static class WrittenFile
{
    /// <summary>Writes a text unless the file has it already, so that its time tells a change.</summary>
    public static void Update(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
