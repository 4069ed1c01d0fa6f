namespace FineTune.Model;

/// <summary>The types of columns.</summary>
internal enum ColumnType
{
    String,
    Int32,
    Int64,
    Double,
    Boolean,

    /// <summary>An object with columns of its own.</summary>
    Record,

    /// <summary>A list of values of one type.</summary>
    List,

    /// <summary>The messages of a conversation.</summary>
    Messages,

    /// <summary>The tools of a conversation, as JSON.</summary>
    Tools,

    /// <summary>A text, or the messages of a conversation.</summary>
    TextOrMessages,
}
