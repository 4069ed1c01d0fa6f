namespace FineTune.Data.Parquet;

/// <summary>What the values of a physical type stand for.</summary>
internal enum ParquetMeaning
{
    /// <summary>Themselves.</summary>
    Plain,
    Text,
    Unsigned,
    Decimal,
    Date,
    TimeMillis,
    TimeMicros,
    TimeNanos,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    Half,
    Uuid,
    List,
    Map,

    /// <summary>Null, always.</summary>
    Null,
}
