using FineTune.Data;
using FineTune.Data.Checks;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tokenization;
using FineTune.Training;

namespace FineTune.App;

/// <summary>Reads rows as training does, and keeps the text of each token.</summary>
internal static class RowPreview
{
    /// <param name="pipeline">The recipe's rows.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="test">Whether to show held-out rows instead of training rows.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<PreviewRow> Read(TrainingPipeline pipeline, RecipeOptions options, bool test, int count)
    {
        var preparation = RowPreparation.Of(options, ModelConfig.Load(options.Model.Base));
        var source = new RecipeRows(pipeline, options);
        var rows = test ? source.Test() : options.Data.Train.SelectMany(file => source.Training(file.Path));
        return [.. rows.Select(read => read.Mistake is { } mistake ? throw mistake : read.Row).OfType<PromptRow>().Take(count).Select(row => Show(row, preparation))];
    }

    private static PreviewRow Show(PromptRow row, RowPreparation preparation)
    {
        var sequence = preparation.Prompts.Tokenize(row);
        return new PreviewRow(row.File, row.Line, Tokens(sequence, preparation.Tokenizer))
        {
            Findings = [.. preparation.Check.Check(row, sequence), .. TooLong(sequence, preparation.Limit)],
        };
    }

    private static IEnumerable<RowFinding> TooLong(TokenSequence sequence, LengthLimit limit)
    {
        if (sequence.Length <= limit.MaxLength)
            return [];
        try
        {
            limit.Fit(sequence);
            return [];
        }
        catch (FineTuneException exception)
        {
            return [RowFinding.Of(exception)];
        }
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
