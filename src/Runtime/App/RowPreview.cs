using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tokenization;
using FineTune.Training;

namespace FineTune.App;

/// <summary>Reads rows as training does, and keeps the text of each token.</summary>
internal static class RowPreview
{
    public static IReadOnlyList<PreviewRow> Read(TrainingPipeline pipeline, RecipeOptions options, string path, int rows)
    {
        var prompts = TrainingSetup.TokenizerOf(options, ModelConfig.Load(options.Model.Base));
        var tokenizer = Tokenizer.Load(options.Model.Base);
        return [.. PromptFile.Read(pipeline, path, rows).Select(row => new PreviewRow(row.Line, Tokens(prompts.Tokenize(row), tokenizer)))];
    }

    private static PreviewToken[] Tokens(TokenSequence sequence, Tokenizer tokenizer)
    {
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: false);
        var tokens = new PreviewToken[sequence.Length];
        for (var t = 0; t < tokens.Length; t++)
        {
            var text = decoder.Add(sequence.Ids[t]);
            tokens[t] = new PreviewToken(sequence.Ids[t], t < tokens.Length - 1 ? text : text + decoder.Complete(), sequence.IsTrained(t));
        }

        return tokens;
    }
}
