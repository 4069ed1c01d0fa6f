using System.Buffers;
using FineTune.Prompts;
using FineTune.Tokenization;

namespace FineTune.Data.Checks;

/// <summary>Looks for what a chat template loses or makes of a conversation in silence.</summary>
internal sealed class ConversationCheck
{
    private readonly Tokenizer _tokenizer;
    private readonly SearchValues<string> _controlTokens;

    /// <param name="tokenizer">The model's tokenizer.</param>
    public ConversationCheck(Tokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        _controlTokens = SearchValues.Create([.. tokenizer.SpecialTokens], StringComparison.Ordinal);
    }

    public IEnumerable<RowFinding> Check(PromptRow row, PromptConversation conversation, TokenSequence sequence)
    {
        for (var i = 0; i < conversation.Messages.Count; i++)
        {
            foreach (var finding in CheckMessage(row, conversation, i))
                yield return finding;
        }

        if (conversation.Messages[^1] is { Role: not "assistant", Train: not true } last)
        {
            yield return RowFinding.Warning(
                "FT5141", row, $"The last message is of the role '{last.Role}': nothing is learned from what comes behind the assistant's last one. Remove it, or add the answer.");
        }

        if (_tokenizer is { AddsBos: true, BosTokenId: { } bos } && sequence.Ids[0] != bos)
        {
            yield return RowFinding.Warning(
                "FT5143", row, $"The text does not begin with {_tokenizer.IdToToken(bos)}, which the tokenizer puts before every other text: the chat template does not write it. "
                + "Let the template begin with {{ bos_token }} if the model was trained so.");
        }
    }

    private IEnumerable<RowFinding> CheckMessage(PromptRow row, PromptConversation conversation, int index)
    {
        var message = conversation.Messages[index];
        if (ConversationRules.IsEmpty(message))
            yield return RowFinding.Warning("FT5140", row, $"Message {index + 1}, of the role '{message.Role}', is empty. Remove it.");
        if (conversation.Contents[index].Start < 0)
        {
            var what = $"The chat template leaves out message {index + 1}, of the role '{message.Role}': {Quote(PromptConversation.Texts(message))} is not in the text.";
            yield return message.Role is "system" or "developer"
                ? RowFinding.Error("FT5124", row, what + " Put it into the first message of the user (by Map), or use a template that has it (data.chat_template).")
                : RowFinding.Warning("FT5142", row, what + " See what the template does with such messages by 'preview'.");
        }

        if (PromptConversation.Texts(message).FirstOrDefault(text => text.AsSpan().ContainsAny(_controlTokens)) is { } odd)
        {
            var token = _tokenizer.SpecialTokens.First(special => odd.Contains(special, StringComparison.Ordinal));
            yield return RowFinding.Warning(
                "FT5147", row, $"Message {index + 1} has the text '{token}', which the tokenizer makes the special token of that name: it ends or begins a turn where there is none. Remove it from the message.");
        }
    }

    private static string Quote(IReadOnlyList<string> texts)
    {
        var text = string.Concat(texts).ReplaceLineEndings(" ");
        return $"'{(text.Length <= 40 ? text : text[..40] + "…")}'";
    }
}
