namespace FineTune.Data.Parquet;

/// <summary>Differences of 32-bit integers, which wrap around at 32 bits.</summary>
internal sealed class NarrowedDecoder(DeltaDecoder deltas) : IValueDecoder
{
    public ParquetValue Next() => new(unchecked((int)deltas.NextNumber()));
}
