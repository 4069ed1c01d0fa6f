namespace FineTune.Recipes;

/// <summary>The shapes of rows, by the names of TRL's dataset formats where it has them.</summary>
public enum DatasetType
{
    /// <summary>Any columns; the recipe's prompt makes text of them.</summary>
    Template,

    /// <summary>A column <c>text</c>, all of which is trained.</summary>
    Text,

    /// <summary>A column <c>messages</c>: a conversation, which the model's chat template renders.</summary>
    Messages,

    /// <summary>Columns <c>prompt</c> and <c>completion</c>: texts, or lists of messages; the completion is trained.</summary>
    PromptCompletion,

    /// <summary>Columns <c>prompt</c>, <c>chosen</c> and <c>rejected</c>: two completions, of which one is preferred.</summary>
    Preference,

    /// <summary>Columns <c>prompt</c>, <c>completion</c> and <c>label</c>: a completion, and whether it is a good one.</summary>
    UnpairedPreference,

    /// <summary>A column <c>conversations</c> of messages with <c>from</c> and <c>value</c>.</summary>
    ShareGpt,

    /// <summary>Columns <c>instruction</c>, <c>output</c> and mostly <c>input</c>, rendered by Alpaca's two prompts.</summary>
    Alpaca,
}
