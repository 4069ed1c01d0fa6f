namespace FineTune.Data.Files;

/// <summary>
/// Reads gzip (RFC 1952) strictly: several members are one text, only zeros may follow, and a file that is cut off or whose checksum is
/// wrong is an error. The platform's own stream ends in silence at both, so that rows would be missing.
/// </summary>
internal sealed class GzipStream(Stream compressed) : ForwardStream(compressed)
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(Crc)];

    private readonly InflateReader _inflate = new(compressed);
    private uint _crc;
    private uint _size;
    private bool _isInside;
    private bool _isEnded;
    private bool _isFirst = true;

    /// <exception cref="InvalidDataException">The file is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isEnded && !buffer.IsEmpty)
        {
            if (!_isInside && !ReadHeader())
                return 0;
            var read = _inflate.Read(buffer);
            foreach (var value in buffer[..read])
                _crc = CrcTable[(byte)(_crc ^ value)] ^ (_crc >> 8);
            _size = unchecked(_size + (uint)read);
            if (read > 0)
                return read;
            ReadTrailer();
        }

        return 0;
    }

    private static uint Crc(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        return crc;
    }

    // False at the end of the file.
    private bool ReadHeader()
    {
        var first = _inflate.TryReadByte();
        while (!_isFirst && first == 0)
            first = _inflate.TryReadByte();
        if (first < 0)
        {
            _isEnded = true;
            return false;
        }

        if (first != 0x1F || _inflate.ReadByte() != 0x8B || _inflate.ReadByte() != 8)
            throw new InvalidDataException("This is no gzip.");
        var flags = _inflate.ReadByte();
        Skip(6);
        if ((flags & 4) != 0)
            Skip(_inflate.ReadByte() | (_inflate.ReadByte() << 8));
        for (var text = 8; text <= 16; text *= 2)
        {
            while ((flags & text) != 0 && _inflate.ReadByte() != 0)
            {
            }
        }

        if ((flags & 2) != 0)
            Skip(2);
        (_isInside, _isFirst, _crc, _size) = (true, false, uint.MaxValue, 0);
        _inflate.Begin();
        return true;
    }

    private void ReadTrailer()
    {
        if (ReadNumber() != ~_crc || ReadNumber() != _size)
            throw new InvalidDataException("The checksum is wrong.");
        _isInside = false;
    }

    private uint ReadNumber()
    {
        uint number = 0;
        for (var i = 0; i < 4; i++)
            number |= (uint)_inflate.ReadByte() << (8 * i);
        return number;
    }

    private void Skip(int count)
    {
        for (; count > 0; count--)
            _inflate.ReadByte();
    }
}
