namespace FineTune.Storage.PyTorch;

/// <summary>The bytes of a pickle; a length that a file gives is never trusted.</summary>
internal sealed class PickleInput(Stream stream, string path)
{
    // No text and no number of a checkpoint is longer.
    private const long Longest = 1 << 26;

    public string Path { get; } = path;

    public byte Byte()
    {
        var value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw Cut();
    }

    public byte[] Bytes(long count)
    {
        if (count < 0 || count > Longest || count > stream.Length - stream.Position)
            throw Cut();
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A little-endian number of 1, 2, 4 or 8 bytes, without a sign.</summary>
    public long Number(int bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes; i++)
            value |= (ulong)Byte() << (8 * i);
        return value <= long.MaxValue ? (long)value : throw Cut();
    }

    /// <summary>A text up to the end of its line.</summary>
    public string Line()
    {
        var text = new System.Text.StringBuilder();
        for (var value = Byte(); value != '\n'; value = Byte())
        {
            if (text.Length > 1024)
                throw PyTorchErrors.Broken(Path, "a name in it is too long.");
            text.Append((char)value);
        }

        return text.ToString();
    }

    private FineTuneException Cut() => PyTorchErrors.Broken(Path, "it ends too early.");
}
