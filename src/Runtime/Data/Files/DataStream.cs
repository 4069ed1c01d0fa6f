using ZstdSharp;

namespace FineTune.Data.Files;

/// <summary>Opens data files, decompressing by what they begin with, whatever their name.</summary>
internal static class DataStream
{
    /// <exception cref="FineTuneException">FT5011: the file cannot be opened. FT1350: it is compressed in a way that is not read.</exception>
    public static Stream Open(string path)
    {
        if (!File.Exists(path))
            throw new FineTuneException("FT5011", $"The file '{Path.GetFullPath(path)}' does not exist. The recipe names it, relative to the project's folder.", path);
        try
        {
            var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete });
            Span<byte> start = stackalloc byte[6];
            var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return Decompress(file, start[..length], path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5011", $"The file cannot be read: {exception.Message}", path, exception);
        }
    }

    private static Stream Decompress(FileStream file, ReadOnlySpan<byte> start, string path)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return new CheckedStream(new GzipStream(file), path);
        if (start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return new CheckedStream(new DecompressionStream(file), path);
        var other = start.StartsWith("BZh"u8) ? "bzip2" : start.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A]) ? "xz" : start.StartsWith("PK"u8) ? "zip" : null;
        if (other is null)
            return file;
        file.Dispose();
        throw new FineTuneException("FT1350", $"The file is compressed with {other}, which is not read. Compress it with gzip or zstd, or not at all.", path);
    }
}
