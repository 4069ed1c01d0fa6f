namespace FineTune.Data.Parquet;

/// <summary>Values by their places in a dictionary, and booleans by run lengths, which are their own values.</summary>
internal sealed class IndexDecoder(IReadOnlyList<ParquetValue>? dictionary, HybridDecoder indices) : IValueDecoder
{
    public ParquetValue Next()
    {
        var index = indices.Next();
        if (dictionary is null)
            return new(index);
        return index >= 0 && index < dictionary.Count ? dictionary[index] : throw new ParquetException("a value is outside its dictionary");
    }
}
