namespace FineTune.Data.Parquet;

/// <summary>A file is no Parquet that can be read. The reader of the file makes a user's error of it.</summary>
/// <param name="message">What is wrong, as the end of a sentence.</param>
internal sealed class ParquetException(string message) : Exception(message);
