namespace FineTune.Prompts;

/// <summary>Collects the segments of a prompt; generated formatters write to it.</summary>
public sealed class PromptBuilder
{
    private readonly List<PromptSegment> _segments = [];

    /// <summary>Appends text that is not trained.</summary>
    public void Text(string text) => Append(text, trained: false);

    /// <summary>Appends text that is trained.</summary>
    public void Completion(string text) => Append(text, trained: true);

    /// <summary>The prompt so far.</summary>
    public Prompt Build() => new([.. _segments]);

    private void Append(string text, bool trained)
    {
        if (text.Length == 0)
            return;
        if (_segments.Count > 0 && _segments[^1].Trained == trained)
            _segments[^1] = new PromptSegment(_segments[^1].Text + text, trained);
        else
            _segments.Add(new PromptSegment(text, trained));
    }
}
