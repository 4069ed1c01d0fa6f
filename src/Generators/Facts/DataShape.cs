namespace FineTune.Facts;

/// <summary>The shapes that the field's datasets have.</summary>
internal enum DataShape
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary><c>text</c>.</summary>
    Text,

    /// <summary><c>messages</c>: a list of <c>role</c> and <c>content</c>.</summary>
    Messages,

    /// <summary><c>conversations</c>: a list of <c>from</c> and <c>value</c>.</summary>
    ShareGpt,

    /// <summary><c>prompt</c> and <c>completion</c>.</summary>
    PromptCompletion,

    /// <summary><c>chosen</c> and <c>rejected</c>, mostly with <c>prompt</c>.</summary>
    Preference,

    /// <summary><c>prompt</c>, <c>completion</c> and <c>label</c>; or a conversation and a label of true or false.</summary>
    Labelled,

    /// <summary><c>instruction</c>, <c>output</c>, and mostly <c>input</c>.</summary>
    Alpaca,
}
