namespace FineTune.Data.Parquet;

/// <summary>A value as it is stored.</summary>
/// <param name="Number">An integer, a boolean, or the bits of a double.</param>
/// <param name="Bytes">A byte array, also of a fixed length.</param>
internal readonly record struct ParquetValue(long Number, ReadOnlyMemory<byte> Bytes)
{
    public ParquetValue(long number)
        : this(number, default)
    {
    }

    public double Double => BitConverter.Int64BitsToDouble(Number);

    public static ParquetValue Of(double value) => new(BitConverter.DoubleToInt64Bits(value));
}
