using System.Collections;
using FineTune.Tokenization;

namespace FineTune.Data;

/// <summary>
/// Turns prompts into tokens. The ids are those of the whole text; which of them the loss counts follows from the segments
/// that they cover. A token across the border of an untrained and a trained segment is trained.
/// </summary>
internal sealed class PromptTokenizer(Tokenizer tokenizer, int? eosTokenId)
{
    /// <summary>
    /// Tokenizes a row: BOS where the tokenizer puts one, the text, and EOS where the text does not end with it, which is trained
    /// if the last segment is.
    /// </summary>
    public TokenSequence Tokenize(PromptRow row)
    {
        var segments = row.Prompt.Segments;
        var encoding = tokenizer.EncodeWithOffsets(row.Prompt.Text);
        var ids = new List<int>(encoding.Ids.Count + 2);
        var trained = new List<bool>(encoding.Ids.Count + 2);
        // A chat template writes the special tokens itself.
        var isConversation = row.Prompt.Conversation is not null;
        if (!isConversation && tokenizer is { AddsBos: true, BosTokenId: { } bos })
            Add(bos, false);
        var (segment, segmentEnd) = (0, segments.Count > 0 ? segments[0].Text.Length : 0);
        int? merged = null;
        for (var i = 0; i < encoding.Ids.Count; i++)
        {
            var (start, end) = encoding.Offsets[i];
            while (segment < segments.Count - 1 && start >= segmentEnd)
                segmentEnd += segments[++segment].Text.Length;
            var crosses = !segments[segment].Trained && end > segmentEnd && segments[segment + 1].Trained;
            if (crosses)
                merged ??= encoding.Ids[i];
            Add(encoding.Ids[i], segments[segment].Trained || crosses);
        }

        if (!isConversation && eosTokenId is { } eos && (ids.Count == 0 || ids[^1] != eos))
            Add(eos, segments.Count > 0 && segments[^1].Trained);
        return new TokenSequence([.. ids], new BitArray([.. trained]), row.Line) { File = row.File, Merged = merged };

        void Add(int id, bool isTrained)
        {
            ids.Add(id);
            trained.Add(isTrained);
        }
    }

    /// <summary>Tokenizes what a model is given of a row, to sample completions of it: nothing of it is trained.</summary>
    public TokenSequence TokenizePrompt(PromptRow row)
    {
        var ids = TokenizeContext(row.Prompt.Context);
        // A model that was trained on texts behind each other knows a new one by the token between them.
        if (ids.Length == 0 && (tokenizer.BosTokenId ?? eosTokenId) is { } start)
            ids = [start];
        return new TokenSequence(ids, new BitArray(ids.Length), row.Line) { File = row.File, Prompt = row };
    }

    /// <summary>The ids that a model is given to continue: BOS where the tokenizer puts one and the text does not begin with it, and the text.</summary>
    public int[] TokenizeContext(string text)
    {
        var ids = tokenizer.Encode(text);
        return tokenizer is { AddsBos: true, BosTokenId: { } bos } && (ids.Length == 0 || ids[0] != bos) ? [bos, .. ids] : ids;
    }
}
