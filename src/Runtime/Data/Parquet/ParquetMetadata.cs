using System.Buffers.Binary;

namespace FineTune.Data.Parquet;

/// <summary>A Parquet file's footer: its schema and where its columns lie (apache/parquet-format, parquet.thrift).</summary>
/// <param name="Root">The schema.</param>
/// <param name="Leaves">The schema's leaves, in order.</param>
/// <param name="RowGroups">The groups of rows.</param>
internal sealed record ParquetMetadata(ParquetNode Root, IReadOnlyList<ParquetNode> Leaves, IReadOnlyList<ParquetRowGroup> RowGroups)
{
    private const int MostLevels = 64;

    /// <summary>Footers of the largest files have some megabytes.</summary>
    private const int LargestFooter = 256 << 20;

    public static ParquetMetadata Read(Stream file)
    {
        var size = file.Length;
        Span<byte> ends = stackalloc byte[8];
        if (size < 12)
            throw new ParquetException($"it has only {size} bytes");
        file.Position = 0;
        file.ReadExactly(ends[..4]);
        if (!ends[..4].SequenceEqual("PAR1"u8))
            throw new ParquetException("it does not begin with PAR1");
        file.Position = size - 8;
        file.ReadExactly(ends);
        if (ends[4..].SequenceEqual("PARE"u8))
            throw new ParquetException("it is encrypted");
        if (!ends[4..].SequenceEqual("PAR1"u8))
            throw new ParquetException("it does not end with PAR1; it is cut off");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(ends);
        if (length == 0 || length > size - 12 || length > LargestFooter)
            throw new ParquetException($"its footer claims {length} bytes of {size}");
        file.Position = size - 8 - length;
        var footer = new byte[length];
        file.ReadExactly(footer);
        return Parse(footer);
    }

    private static ParquetMetadata Parse(ReadOnlySpan<byte> footer)
    {
        var reader = new ThriftReader(footer);
        var (elements, groups) = (new List<(ParquetNode Node, int Children)>(), new List<ParquetRowGroup>());
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            switch (id)
            {
                case 2:
                    for (var count = reader.ReadList(type, out _); count > 0; count--)
                        elements.Add(ReadElement(ref reader));
                    break;
                case 4:
                    for (var count = reader.ReadList(type, out _); count > 0; count--)
                        groups.Add(ParquetRowGroup.Read(ref reader));
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        if (elements.Count == 0)
            throw new ParquetException("it has no schema");
        var (next, leaves) = (0, new List<ParquetNode>());
        var root = Link(elements, ref next, 0, 0, leaves, level: 0);
        if (leaves.Count == 0 || next != elements.Count)
            throw new ParquetException("its schema has no columns");
        return groups.Exists(group => group.Columns.Count != leaves.Count)
            ? throw new ParquetException("a group of rows has other columns than the schema")
            : new(root, leaves, groups);
    }

    private static ParquetNode Link(
        List<(ParquetNode Node, int Children)> elements, ref int next, int definition, int repetition, List<ParquetNode> leaves, int level)
    {
        if (next >= elements.Count || level == MostLevels)
            throw new ParquetException("its schema is not complete, or nested too deeply");
        var (node, children) = elements[next++];
        var isRoot = level == 0;
        node.DefinitionLevel = definition + (!isRoot && node.Repetition != 0 ? 1 : 0);
        node.RepetitionLevel = repetition + (!isRoot && node.Repetition == 2 ? 1 : 0);
        if (node.IsLeaf)
        {
            node.Leaf = leaves.Count;
            leaves.Add(node);
            return node;
        }

        for (var i = 0; i < children; i++)
            node.Children.Add(Link(elements, ref next, node.DefinitionLevel, node.RepetitionLevel, leaves, level + 1));
        return node.Children.Count > 0 ? node : throw new ParquetException("its schema has a group without columns");
    }

    private static (ParquetNode, int) ReadElement(ref ThriftReader reader)
    {
        var (name, type, length, repetition, children, converted, scale) = ("", -1, 0, 0, 0, -1, 0);
        (ParquetMeaning Meaning, int Scale, bool IsUtc)? logical = null;
        for (var id = 0; reader.ReadField(ref id, out var fieldType);)
        {
            switch (id)
            {
                case 1:
                    type = Number(ref reader, fieldType, 7);
                    break;
                case 2:
                    length = Number(ref reader, fieldType, int.MaxValue);
                    break;
                case 3:
                    repetition = Number(ref reader, fieldType, 2);
                    break;
                case 4:
                    name = reader.ReadText(fieldType);
                    break;
                case 5:
                    children = Number(ref reader, fieldType, int.MaxValue);
                    break;
                case 6:
                    converted = Number(ref reader, fieldType, int.MaxValue);
                    break;
                case 7:
                    scale = Number(ref reader, fieldType, int.MaxValue);
                    break;
                case 10:
                    logical = ParquetLogicalType.Read(ref reader);
                    break;
                default:
                    reader.Skip(fieldType);
                    break;
            }
        }

        var (meaning, logicalScale, isUtc) = logical ?? (ParquetLogicalType.OfConverted(converted), scale, true);
        return (new ParquetNode(name, repetition, meaning)
        {
            IsLeaf = type >= 0,
            Type = (ParquetType)Math.Max(type, 0),
            Length = length,
            Scale = meaning == ParquetMeaning.Decimal ? logicalScale : 0,
            IsUtc = isUtc,
        }, children);
    }

    private static int Number(ref ThriftReader reader, int type, int most) =>
        reader.ReadInteger(type) is >= 0 and var value && value <= most ? (int)value : throw new ParquetException("its schema has a number out of range");
}
