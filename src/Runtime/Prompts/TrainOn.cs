namespace FineTune.Prompts;

/// <summary>Which messages of a conversation the loss counts; a message's own <see cref="ChatMessage.Train"/> wins.</summary>
public enum TrainOn
{
    /// <summary>All messages of the assistant.</summary>
    Assistant,

    /// <summary>The last message of the assistant.</summary>
    Last,

    /// <summary>All messages, of whatever role.</summary>
    All,

    /// <summary>None, except messages whose flag says so.</summary>
    None,
}
