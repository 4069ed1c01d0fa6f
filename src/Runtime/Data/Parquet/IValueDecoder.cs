namespace FineTune.Data.Parquet;

/// <summary>Gives the values of a page one after the other, nulls left out.</summary>
internal interface IValueDecoder
{
    ParquetValue Next();
}
