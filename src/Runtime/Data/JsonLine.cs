namespace FineTune.Data;

/// <summary>A line of a JSON lines file.</summary>
/// <param name="Number">Its number in the file, from 1, blank lines counted.</param>
/// <param name="Utf8">Its bytes, valid until the next line is read.</param>
internal readonly record struct JsonLine(int Number, ReadOnlyMemory<byte> Utf8);
