using FineTune.Tokenization;

namespace FineTune.Prompts;

/// <summary>A conversation as text.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Trained">The parts that the loss counts, in order, none empty and none overlapping; in UTF-16 units.</param>
public sealed record RenderedChat(string Text, IReadOnlyList<TrainedSpan> Trained)
{
    /// <summary>
    /// The tokens of the text, and which of them the loss counts: all that a trained part has a character of. The template writes
    /// the special tokens that the model knows, so that the tokenizer adds none.
    /// </summary>
    public (IReadOnlyList<int> Ids, IReadOnlyList<bool> Trained) Tokenize(Tokenizer tokenizer)
    {
        var encoding = tokenizer.EncodeWithOffsets(Text, addSpecialTokens: false);
        var trained = new bool[encoding.Ids.Count];
        var next = 0;
        for (var i = 0; i < trained.Length; i++)
        {
            var (start, end) = encoding.Offsets[i];
            while (next < Trained.Count && Trained[next].End <= start)
                next++;
            trained[i] = next < Trained.Count && end > Trained[next].Start;
        }

        return (encoding.Ids, trained);
    }

    /// <summary>The text as segments, each trained or not.</summary>
    public Prompt ToPrompt()
    {
        var prompt = new PromptBuilder();
        var end = 0;
        foreach (var span in Trained)
        {
            prompt.Text(Text[end..span.Start]);
            prompt.Completion(Text[span.Start..span.End]);
            end = span.End;
        }

        prompt.Text(Text[end..]);
        return prompt.Build();
    }
}
