using FineTune.Tokenization;

namespace FineTune.Data.Checks;

/// <summary>Looks for what would go wrong in silence with a row: what it teaches is not what it seems to.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="stops">The tokens that end a text.</param>
internal sealed class RowCheck(Tokenizer tokenizer, IReadOnlyCollection<int> stops)
{
    /// <summary>The code of a row without anything to learn.</summary>
    public const string NothingTrained = "FT5311";

    private readonly ConversationCheck _conversations = new(tokenizer);

    /// <summary>What is wrong with a row as a whole, before it is fitted into the model's context.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sequence">Its tokens.</param>
    public IEnumerable<RowFinding> Check(PromptRow row, TokenSequence sequence)
    {
        if (row.Prompt.Conversation is { } conversation)
        {
            foreach (var finding in _conversations.Check(row, conversation, sequence))
                yield return finding;
        }

        if (sequence.TrainedTokens == 0)
        {
            yield return RowFinding.Error(NothingTrained, row, row.Prompt.Conversation is null
                ? "The row has no trained token: its completion is empty."
                : "The row has no trained token: it has no message that data.train_on, or a message's own 'train', chooses.");
            yield break;
        }

        if (BeginsTwice(sequence))
            yield return BeginningTwice(row);

        if (EndsUntrained(sequence))
        {
            yield return RowFinding.Warning(
                "FT5144", row, "What is trained does not end with a token at which generation stops, so that the model does not learn to stop.");
        }

        if (sequence.Merged is { } merged)
        {
            yield return RowFinding.Warning(
                "FT5145", row, $"The token {Quoted(merged)} covers the end of the prompt and the beginning of the completion: in use the prompt ends before it, and the model "
                + "sees other tokens than in training. Move the white space between the two into the completion.");
        }

        if (row.Prompt.Text.Contains('\uFFFD', StringComparison.Ordinal))
            yield return WrongEncoding(row);
    }

    /// <summary>What is wrong with a row of which the model is given the prompt alone.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sequence">The prompt's tokens.</param>
    public IEnumerable<RowFinding> CheckPrompt(PromptRow row, TokenSequence sequence)
    {
        if (row.Prompt.Context.Length == 0)
        {
            yield return RowFinding.Warning("FT5151", row, "The row has no prompt: nothing says what to write. Put the field that asks before the completion.");
        }

        if (BeginsTwice(sequence))
            yield return BeginningTwice(row);
        if (row.Prompt.Text.Contains('\uFFFD', StringComparison.Ordinal))
            yield return WrongEncoding(row);
    }

    private RowFinding BeginningTwice(PromptRow row) => RowFinding.Error(
        "FT5125", row, $"The row begins with {Name(tokenizer.BosTokenId)} twice: {(row.Prompt.Conversation is null ? "the tokenizer puts it in front, and the text begins with it too" : "the chat template writes it, and a message begins with it too")}. Remove one of them.");

    private static RowFinding WrongEncoding(PromptRow row) => RowFinding.Warning(
        "FT5146", row, "The text has the replacement character U+FFFD: it was read in another encoding than it was written in. Convert the source to UTF-8 again.");

    private bool BeginsTwice(TokenSequence sequence) =>
        tokenizer.BosTokenId is { } bos && sequence.Length > 1 && sequence.Ids[0] == bos && sequence.Ids[1] == bos;

    // Some templates write a line break after the token that ends a turn, and train it.
    private bool EndsUntrained(TokenSequence sequence)
    {
        for (var t = sequence.Length - 1; t > 0; t--)
        {
            if (sequence.IsTrained(t) && !IsBlank(sequence.Ids[t]))
                return !stops.Contains(sequence.Ids[t]);
        }

        return true;
    }

    private bool IsBlank(int id) => !stops.Contains(id) && !tokenizer.IsSpecial(id) && string.IsNullOrWhiteSpace(tokenizer.Decode([id]));

    private string Name(int? id) => id is { } token ? tokenizer.IdToToken(token) ?? token.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";

    private string Quoted(int id) => $"'{tokenizer.Decode([id], skipSpecialTokens: false)}'";
}
