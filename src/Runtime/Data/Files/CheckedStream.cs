using ZstdSharp;

namespace FineTune.Data.Files;

/// <summary>A decompressing stream whose complaints become a user's error.</summary>
internal sealed class CheckedStream(Stream inner, string path) : ForwardStream(inner)
{
    private readonly Stream _inner = inner;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ZstdException)
        {
            throw new FineTuneException("FT1351", "The compressed file is damaged or cut off. Compress it again, or get it again from where it came.", path, exception);
        }
    }
}
