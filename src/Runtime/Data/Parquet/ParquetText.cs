using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace FineTune.Data.Parquet;

/// <summary>Writes a value as JSON: numbers as such, what JSON has no number for as text, dates and times in ISO 8601, bytes in base64.</summary>
internal static class ParquetText
{
    public static void Write(ParquetNode leaf, ParquetValue value, Utf8JsonWriter writer)
    {
        switch (leaf.Type)
        {
            case ParquetType.Boolean:
                writer.WriteBooleanValue(value.Number != 0);
                break;
            case ParquetType.Float or ParquetType.Double:
                WriteNumber(value.Double, leaf.Type == ParquetType.Float, writer);
                break;
            case ParquetType.Int96:
                // Nanoseconds of a day, and its Julian number.
                var day = BinaryPrimitives.ReadInt32LittleEndian(value.Bytes.Span[8..]) - 2_440_588L;
                writer.WriteStringValue(Timestamp(new BigInteger(day) * 86_400_000_000_000 + BinaryPrimitives.ReadInt64LittleEndian(value.Bytes.Span), isUtc: false));
                break;
            case ParquetType.ByteArray or ParquetType.FixedLengthByteArray:
                WriteBytes(leaf, value.Bytes.Span, writer);
                break;
            default:
                WriteInteger(leaf, value.Number, writer);
                break;
        }
    }

    private static void WriteInteger(ParquetNode leaf, long number, Utf8JsonWriter writer)
    {
        switch (leaf.Meaning)
        {
            case ParquetMeaning.Unsigned:
                writer.WriteNumberValue(leaf.Type == ParquetType.Int32 ? (uint)number : (ulong)number);
                break;
            case ParquetMeaning.Decimal:
                writer.WriteStringValue(Decimal(number, leaf.Scale));
                break;
            case ParquetMeaning.Date:
                writer.WriteStringValue(Date(number));
                break;
            case ParquetMeaning.TimeMillis or ParquetMeaning.TimeMicros or ParquetMeaning.TimeNanos:
                writer.WriteStringValue(Time(new BigInteger(number) * Unit(leaf.Meaning - ParquetMeaning.TimeMillis)));
                break;
            case ParquetMeaning.TimestampMillis or ParquetMeaning.TimestampMicros or ParquetMeaning.TimestampNanos:
                writer.WriteStringValue(Timestamp(new BigInteger(number) * Unit(leaf.Meaning - ParquetMeaning.TimestampMillis), leaf.IsUtc));
                break;
            case ParquetMeaning.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteNumberValue(number);
                break;
        }
    }

    private static void WriteBytes(ParquetNode leaf, ReadOnlySpan<byte> bytes, Utf8JsonWriter writer)
    {
        switch (leaf.Meaning)
        {
            case ParquetMeaning.Text:
                writer.WriteStringValue(bytes);
                break;
            case ParquetMeaning.Half when bytes.Length == 2:
                WriteNumber((double)BinaryPrimitives.ReadHalfLittleEndian(bytes), isSingle: false, writer);
                break;
            case ParquetMeaning.Decimal:
                writer.WriteStringValue(Decimal(new BigInteger(bytes, isBigEndian: true), leaf.Scale));
                break;
            case ParquetMeaning.Uuid when bytes.Length == 16:
                writer.WriteStringValue(new Guid(bytes, bigEndian: true));
                break;
            default:
                writer.WriteBase64StringValue(bytes);
                break;
        }
    }

    private static void WriteNumber(double number, bool isSingle, Utf8JsonWriter writer)
    {
        if (!double.IsFinite(number))
            writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        else if (isSingle)
            writer.WriteNumberValue((float)number);
        else
            writer.WriteNumberValue(number);
    }

    private static string Decimal(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (unscaled.Sign < 0 ? "-" : "") + (scale == 0 ? digits : digits[..^scale] + "." + digits[^scale..]);
    }

    private static string Date(long days) => days is >= -719_162 and <= 2_932_896
        ? DateOnly.FromDayNumber((int)(days + 719_162)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : throw new ParquetException("a date is outside the years 1 to 9999");

    private static string Time(BigInteger nanos)
    {
        if (nanos < 0 || nanos >= 86_400_000_000_000)
            throw new ParquetException("a time is outside the day");
        var (seconds, rest) = ((long)(nanos / 1_000_000_000), (long)(nanos % 1_000_000_000));
        var text = string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}");
        return rest == 0 ? text : text + string.Create(CultureInfo.InvariantCulture, $".{rest:D9}").TrimEnd('0');
    }

    private static string Timestamp(BigInteger nanos, bool isUtc)
    {
        var day = BigInteger.Divide(nanos - (nanos < 0 ? 86_399_999_999_999 : 0), 86_400_000_000_000);
        return $"{Date((long)BigInteger.Min(BigInteger.Max(day, long.MinValue), long.MaxValue))}T{Time(nanos - (day * 86_400_000_000_000))}{(isUtc ? "Z" : "")}";
    }

    private static long Unit(int unit) => unit switch { 0 => 1_000_000, 1 => 1_000, _ => 1 };
}
