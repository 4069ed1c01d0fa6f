namespace FineTune.Facts;

/// <summary>The formats of data files.</summary>
internal enum DataFormat
{
    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>One JSON array of objects.</summary>
    JsonArray,

    /// <summary>Comma-separated values with a header (RFC 4180).</summary>
    Csv,

    /// <summary>The same with tabs.</summary>
    Tsv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
