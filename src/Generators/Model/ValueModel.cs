namespace FineTune.Model;

/// <summary>What a column, a property of a nested object or an item of a list is.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Optional">Whether it may be null, or absent where it has a name.</param>
internal sealed record ValueModel(ColumnType Type, bool Optional)
{
    /// <summary>What an object is read into.</summary>
    public RowModel? Record { get; init; }

    /// <summary>The items of a list.</summary>
    public ValueModel? Item { get; init; }

    /// <summary>How messages are written, where not as chat templates read them.</summary>
    public MessageFields? Messages { get; init; }

    /// <summary>Whether a list is read into an array.</summary>
    public bool IsArray { get; init; }

    /// <summary>Whether a prompt can use it: whether it is a text, a number or a boolean.</summary>
    public bool IsScalar => Type is ColumnType.String or ColumnType.Int32 or ColumnType.Int64 or ColumnType.Double or ColumnType.Boolean;
}
