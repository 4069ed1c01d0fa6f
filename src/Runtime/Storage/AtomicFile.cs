namespace FineTune.Storage;

/// <summary>Writes files so that a reader sees the old one or the new one, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary name beside <paramref name="path"/>, flushes to disk, and renames.</summary>
    /// <exception cref="FineTuneException">The disk is full or the folder cannot be written (FT5103); nothing is left behind.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw new FineTuneException(
                "FT5103", $"The file cannot be written: {exception.Message} Nothing was changed; make room or choose another folder.", path, exception);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The write's own failure is what the user must hear about.
        }
    }
}
