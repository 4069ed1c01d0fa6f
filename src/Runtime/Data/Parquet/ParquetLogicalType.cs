namespace FineTune.Data.Parquet;

/// <summary>Reads what a column's values stand for: the logical type, or the converted type of older writers.</summary>
internal static class ParquetLogicalType
{
    public static ParquetMeaning OfConverted(int converted) => converted switch
    {
        0 or 4 or 19 => ParquetMeaning.Text, // UTF8, ENUM, JSON
        1 or 2 => ParquetMeaning.Map,
        3 => ParquetMeaning.List,
        5 => ParquetMeaning.Decimal,
        6 => ParquetMeaning.Date,
        7 => ParquetMeaning.TimeMillis,
        8 => ParquetMeaning.TimeMicros,
        9 => ParquetMeaning.TimestampMillis,
        10 => ParquetMeaning.TimestampMicros,
        >= 11 and <= 14 => ParquetMeaning.Unsigned,
        _ => ParquetMeaning.Plain,
    };

    /// <summary>A union: a struct with one field, whose id tells the type.</summary>
    public static (ParquetMeaning Meaning, int Scale, bool IsUtc) Read(ref ThriftReader reader)
    {
        var result = (Meaning: ParquetMeaning.Plain, Scale: 0, IsUtc: true);
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            if (type != ThriftReader.Struct)
            {
                reader.Skip(type);
                continue;
            }

            result = id switch
            {
                5 => ReadDecimal(ref reader),
                7 => ReadTime(ref reader, ParquetMeaning.TimeMillis),
                8 => ReadTime(ref reader, ParquetMeaning.TimestampMillis),
                10 => ReadInteger(ref reader),
                _ => (Skip(ref reader, id), 0, true),
            };
        }

        return result;
    }

    private static ParquetMeaning Skip(ref ThriftReader reader, int id)
    {
        reader.Skip(ThriftReader.Struct);
        return id switch
        {
            1 or 4 or 12 => ParquetMeaning.Text,
            2 => ParquetMeaning.Map,
            3 => ParquetMeaning.List,
            6 => ParquetMeaning.Date,
            11 => ParquetMeaning.Null,
            14 => ParquetMeaning.Uuid,
            15 => ParquetMeaning.Half,
            _ => ParquetMeaning.Plain,
        };
    }

    private static (ParquetMeaning, int, bool) ReadDecimal(ref ThriftReader reader)
    {
        long scale = 0;
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            if (id == 1)
                scale = reader.ReadInteger(type);
            else
                reader.Skip(type);
        }

        return (ParquetMeaning.Decimal, (int)Math.Clamp(scale, 0, 1000), true);
    }

    // The units are one after the other in the enumeration of meanings as in the union: millis, micros, nanos.
    private static (ParquetMeaning, int, bool) ReadTime(ref ThriftReader reader, ParquetMeaning millis)
    {
        var (isUtc, unit) = (true, 1);
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            if (id == 1 && type is ThriftReader.True or ThriftReader.False)
            {
                isUtc = type == ThriftReader.True;
            }
            else if (id == 2 && type == ThriftReader.Struct)
            {
                for (var unitId = 0; reader.ReadField(ref unitId, out var unitType);)
                {
                    unit = Math.Clamp(unitId, 1, 3);
                    reader.Skip(unitType);
                }
            }
            else
            {
                reader.Skip(type);
            }
        }

        return (millis + (unit - 1), 0, isUtc);
    }

    private static (ParquetMeaning, int, bool) ReadInteger(ref ThriftReader reader)
    {
        var isSigned = true;
        for (var id = 0; reader.ReadField(ref id, out var type);)
        {
            if (id == 2 && type is ThriftReader.True or ThriftReader.False)
                isSigned = type == ThriftReader.True;
            else
                reader.Skip(type);
        }

        return (isSigned ? ParquetMeaning.Plain : ParquetMeaning.Unsigned, 0, true);
    }
}
