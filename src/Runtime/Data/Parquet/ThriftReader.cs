using System.Text;

namespace FineTune.Data.Parquet;

/// <summary>
/// Reads Thrift's compact protocol (apache/thrift, thrift-compact-protocol.md), in which Parquet's metadata is written. Lengths are
/// compared with what is there before anything is made of them.
/// </summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> data)
{
    /// <summary>Deeper than any metadata.</summary>
    private const int MostLevels = 64;

    public const int Stop = 0;
    public const int True = 1;
    public const int False = 2;
    public const int Byte = 3;
    public const int Int16 = 4;
    public const int Int32 = 5;
    public const int Int64 = 6;
    public const int Double = 7;
    public const int Binary = 8;
    public const int List = 9;
    public const int Set = 10;
    public const int Map = 11;
    public const int Struct = 12;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _level;

    /// <summary>The bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads a field's header; false at the end of the struct.</summary>
    /// <param name="id">The last field's id, 0 at first; becomes this one's.</param>
    /// <param name="type">Its type.</param>
    public bool ReadField(ref int id, out int type)
    {
        var header = ReadByte();
        type = header & 15;
        if (type == Stop)
            return false;
        id = header >> 4 is var delta and > 0 ? id + delta : (short)ReadZigZag();
        return true;
    }

    /// <summary>An integer of any width.</summary>
    public long ReadInteger(int type) => type == Byte ? (sbyte)ReadByte() : type is Int16 or Int32 or Int64 ? ReadZigZag() : throw new ParquetException("a field is no number");

    public string ReadText(int type)
    {
        if (type != Binary)
            throw new ParquetException("a field is no text");
        return Encoding.UTF8.GetString(ReadBytes());
    }

    /// <summary>A list's number of items, each of which takes at least a byte, and their type.</summary>
    public int ReadList(int type, out int itemType)
    {
        if (type is not (List or Set))
            throw new ParquetException("a field is no list");
        var header = ReadByte();
        itemType = header & 15;
        var count = header >> 4 == 15 ? (long)ReadVarint() : header >> 4;
        return count <= _data.Length - Position ? (int)count : throw new ParquetException("a list is longer than the metadata");
    }

    public void Skip(int type)
    {
        if (++_level > MostLevels)
            throw new ParquetException("its metadata is nested too deeply");
        switch (type)
        {
            case True or False:
                break;
            case Byte:
                ReadByte();
                break;
            case Int16 or Int32 or Int64:
                ReadVarint();
                break;
            case Double:
                Take(8);
                break;
            case Binary:
                ReadBytes();
                break;
            case List or Set:
                for (var count = ReadList(type, out var itemType); count > 0; count--)
                    SkipItem(itemType);
                break;
            case Map:
                SkipMap();
                break;
            case Struct:
                for (var id = 0; ReadField(ref id, out var fieldType);)
                    Skip(fieldType);
                break;
            default:
                throw new ParquetException($"its metadata has a field of the unknown type {type}");
        }

        _level--;
    }

    // Booleans have a byte in lists, but none as fields.
    private void SkipItem(int type)
    {
        if (type is True or False)
            ReadByte();
        else
            Skip(type);
    }

    private void SkipMap()
    {
        var count = ReadVarint();
        if (count == 0)
            return;
        if (count > (ulong)(_data.Length - Position))
            throw new ParquetException("a map is longer than the metadata");
        var types = ReadByte();
        for (; count > 0; count--)
        {
            SkipItem(types >> 4);
            SkipItem(types & 15);
        }
    }

    private ReadOnlySpan<byte> ReadBytes() => ReadVarint() is var length && length <= (ulong)(_data.Length - Position)
        ? Take((int)length)
        : throw new ParquetException("a text is longer than the metadata");

    private long ReadZigZag() => ReadVarint() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = ReadByte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }

        throw new ParquetException("a number has no end");
    }

    private byte ReadByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _data.Length - Position)
            throw new ParquetException("its metadata ends too early");
        Position += count;
        return _data.Slice(Position - count, count);
    }
}
