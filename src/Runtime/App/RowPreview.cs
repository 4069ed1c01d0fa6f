using FineTune.Data;
using FineTune.Data.Checks;
using FineTune.Models;
using FineTune.Prompts;
using FineTune.Recipes;
using FineTune.Tokenization;
using FineTune.Training;

namespace FineTune.App;

/// <summary>Reads rows as training does, and keeps the text of each token.</summary>
internal sealed class RowPreview
{
    private readonly RowPreparation _preparation;
    private readonly RepeatedRows _repeated = new();

    private RowPreview(RowPreparation preparation)
    {
        _preparation = preparation;
    }

    /// <param name="pipeline">The recipe's rows.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="request">Which rows.</param>
    public static RowPreviews Read(TrainingPipeline pipeline, RecipeOptions options, PreviewRequest request)
    {
        var preview = new RowPreview(RowPreparation.Of(options, ModelConfig.Load(options.Model.Base)));
        var source = new RecipeRows(pipeline, options);
        var found = request.Test
            ? source.Test().Select(row => (File: options.Data.TestName, Row: row))
            : options.Data.Train.SelectMany(file => source.Training(file.Path).Select(row => (File: file.Path, Row: row)));
        var (rows, lengths) = (new List<PreviewRow>(), new List<int>());
        foreach (var (file, read) in found.Where(found => found.Row.Mistake is not null || found.Row.Row is not null))
        {
            if (rows.Count == request.Count && !request.AllLengths)
                break;
            var (row, length) = preview.Show(file, read, withTokens: rows.Count < request.Count);
            if (rows.Count < request.Count)
                rows.Add(row);
            if (length > 0)
                lengths.Add(length);
        }

        return new RowPreviews(rows, lengths, preview._preparation.Limit.MaxLength);
    }

    private (PreviewRow Row, int Length) Show(string file, ReadRow read, bool withTokens)
    {
        if (read.Row is not { } row)
            return (new PreviewRow(file, read.Line, []) { Findings = [RowFinding.Of(read.Mistake!)] }, 0);
        var sequence = _preparation.Tokenize(row);
        if (!withTokens)
            return (new PreviewRow(row.File, row.Line, []), sequence.Length);
        var shown = new PreviewRow(row.File, row.Line, Tokens(sequence, _preparation.Tokenizer))
        {
            Messages = row.Prompt.Conversation is { } conversation ? Messages(row.Prompt.Text, conversation) : [],
            Findings = [.. _preparation.Find(row, sequence), .. _repeated.Check(row), .. _preparation.Limit.Check(sequence)],
        };
        return (shown, sequence.Length);
    }

    // A message ends where the text of the conversation up to it ends; where a template renders that otherwise, behind its content.
    private PreviewMessage[] Messages(string text, PromptConversation conversation)
    {
        var offsets = _preparation.Tokenizer.EncodeWithOffsets(text).Offsets;
        var ends = new List<int>();
        for (var i = 0; i < conversation.Messages.Count; i++)
        {
            var end = i == conversation.Messages.Count - 1 ? text.Length
                : conversation.Until(i + 1) is { } prefix && text.StartsWith(prefix, StringComparison.Ordinal) ? prefix.Length
                : conversation.Contents[i].End;
            ends.Add(Math.Max(end, ends.LastOrDefault()));
        }

        return [.. conversation.Messages.Select((message, i) => new PreviewMessage(message.Role, i == ends.Count - 1 ? offsets.Count : offsets.Count(token => token.Start < ends[i])))];
    }

    private static PreviewToken[] Tokens(TokenSequence sequence, Tokenizer tokenizer)
    {
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: false);
        var tokens = new PreviewToken[sequence.Length];
        for (var t = 0; t < tokens.Length; t++)
        {
            var text = decoder.Add(sequence.Ids[t]);
            tokens[t] = new PreviewToken(sequence.Ids[t], t < tokens.Length - 1 ? text : text + decoder.Complete(), sequence.IsTrained(t))
            {
                IsSpecial = tokenizer.IsSpecial(sequence.Ids[t]),
            };
        }

        return tokens;
    }
}
