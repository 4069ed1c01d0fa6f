namespace FineTune.Model;

/// <summary>The types of columns.</summary>
internal enum ColumnType
{
    String,
    Int32,
    Int64,
    Double,
    Boolean,
}
