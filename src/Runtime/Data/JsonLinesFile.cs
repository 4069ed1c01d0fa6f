namespace FineTune.Data;

/// <summary>
/// Reads a JSON lines file line by line in constant memory. Lines end with <c>\n</c>, with an optional <c>\r</c> before it;
/// blank lines and a byte order mark are skipped.
/// </summary>
internal static class JsonLinesFile
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="FineTuneException">FT5011: the file does not exist. FT5012: a line is longer than memory can hold.</exception>
    public static IEnumerable<JsonLine> Read(string path)
    {
        if (!File.Exists(path))
            throw new FineTuneException("FT5011", $"The file '{Path.GetFullPath(path)}' does not exist. The recipe names it, relative to the project's folder.", path);
        return ReadLines(path);
    }

    private static IEnumerable<JsonLine> ReadLines(string path)
    {
        using var stream = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan, Share = FileShare.Read });
        foreach (var line in Read(stream, path))
            yield return line;
    }

    /// <summary>Reads lines from a stream.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="path">The file that it is from, for messages.</param>
    /// <exception cref="FineTuneException">FT5012: a line is longer than memory can hold.</exception>
    public static IEnumerable<JsonLine> Read(Stream stream, string path)
    {
        var buffer = new byte[1 << 16];
        var (start, end, searched, number) = (0, 0, 0, 0); // The bytes [start, end) are read, those before `searched` hold no \n.
        var ended = false;
        while (!ended || start < end)
        {
            var newline = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (newline < 0 && !ended)
            {
                searched = end;
                if (end == buffer.Length)
                    (buffer, start, end, searched) = MakeRoom(buffer, start, end, path, number + 1);
                var read = stream.Read(buffer.AsSpan(end));
                end += read;
                ended = read == 0;
                continue;
            }

            var stop = newline < 0 ? end : searched + newline;
            number++;
            var line = buffer.AsMemory(start, stop - start);
            if (number == 1 && line.Span.StartsWith(ByteOrderMark))
                line = line[ByteOrderMark.Length..];
            if (!IsBlank(line.Span))
                yield return new JsonLine(number, line);
            start = searched = Math.Min(stop + 1, end);
        }
    }

    private static (byte[] Buffer, int Start, int End, int Searched) MakeRoom(byte[] buffer, int start, int end, string path, int line)
    {
        var length = end - start;
        var larger = buffer;
        if (start < buffer.Length / 2)
        {
            if (buffer.Length > Array.MaxLength / 2)
                throw new FineTuneException("FT5012", "The line is longer than a gigabyte. A JSON lines file has one row a line.", $"{path}:{line}");
            larger = new byte[buffer.Length * 2];
        }

        buffer.AsSpan(start, length).CopyTo(larger);
        return (larger, 0, length, length);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
