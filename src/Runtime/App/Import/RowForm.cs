namespace FineTune.App.Import;

/// <summary>What rows are, and how they become text: a type of the recipe's, or a prompt of its own.</summary>
/// <param name="Type">The value of <c>data.type</c>; null for a prompt.</param>
/// <param name="Prompt">The prompt, where there is no type.</param>
internal sealed record RowForm(string? Type, string? Prompt = null)
{
    /// <summary>The columns of Alpaca, by Alpaca's prompts.</summary>
    public static RowForm Alpaca { get; } = new("alpaca");

    /// <summary>The column of a conversation's messages, where it is not the type's.</summary>
    public string? MessagesColumn { get; init; }

    public string? RoleField { get; init; }

    public string? ContentField { get; init; }

    /// <summary>Which messages are trained, where it is not the default.</summary>
    public string? TrainOn { get; init; }

    public bool IsConversation => Type is "messages" or "sharegpt";

    /// <summary>A text, all of which is trained.</summary>
    /// <param name="column">Its column.</param>
    public static RowForm Text(string column) => column == "text" ? new("text") : new(null, $"{{{column}|completion}}");

    /// <summary>A conversation.</summary>
    /// <param name="column">The column of its messages.</param>
    /// <param name="role">The field of a message that says who speaks.</param>
    /// <param name="content">The field of its text.</param>
    public static RowForm Conversation(string column, string role, string content)
    {
        // Rows with 'from' have the roles of ShareGPT, which the type translates.
        var isShareGpt = role == "from";
        return new(isShareGpt ? "sharegpt" : "messages")
        {
            MessagesColumn = column == (isShareGpt ? "conversations" : "messages") ? null : column,
            RoleField = isShareGpt || role == "role" ? null : role,
            ContentField = content == (isShareGpt ? "value" : "content") ? null : content,
        };
    }

    public override string ToString() => Type switch
    {
        null => "columns for a prompt",
        "messages" or "sharegpt" => $"conversations in the column '{MessagesColumn ?? (Type == "sharegpt" ? "conversations" : "messages")}'",
        _ => $"of the type '{Type}'",
    };
}
