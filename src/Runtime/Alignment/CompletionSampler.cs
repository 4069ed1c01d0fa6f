using System.Collections;
using FineTune.Data;
using FineTune.Generation;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tokenization;

namespace FineTune.Alignment;

/// <summary>Samples completions of prompts and has them judged.</summary>
internal sealed class CompletionSampler
{
    // Rounds must not share random numbers: each sequence of a round has a seed of its own.
    private const int SeedsOfARound = 100_003;

    private readonly GrpoOptions _options;
    private readonly Tokenizer _tokenizer;
    private readonly TokenGenerator _generator;
    private readonly int _seed;

    /// <param name="model">The model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="stops">The tokens that end a text.</param>
    public CompletionSampler(CausalLanguageModel model, RecipeOptions recipe, Tokenizer tokenizer, IReadOnlyCollection<int> stops)
    {
        (_options, _tokenizer, _seed) = (recipe.Grpo, tokenizer, recipe.Training.Seed);
        _generator = new TokenGenerator(model, stops, Math.Min(recipe.Data.MaxLength ?? int.MaxValue, model.Config.MaxPositions));
    }

    /// <summary>Samples the completions of prompts, those of one prompt behind each other.</summary>
    /// <param name="round">Its number: with the recipe's seed it decides the random numbers.</param>
    /// <param name="prompts">The prompts.</param>
    /// <exception cref="FineTuneException">FT5131, FT5150: a reward threw, or gave no number.</exception>
    public IReadOnlyList<Completion> Sample(int round, IReadOnlyList<TokenSequence> prompts)
    {
        var sampled = _generator.Continue([.. prompts.SelectMany(prompt => Enumerable.Repeat(prompt.Ids.ToArray(), _options.NumGenerations))], new GenerationOptions
        {
            MaxNewTokens = _options.MaxCompletionLength,
            Temperature = _options.Temperature,
            TopK = _options.TopK,
            TopP = _options.TopP,
            Seed = unchecked(_seed + round * SeedsOfARound),
        });
        return [.. sampled.Select((sequence, i) => Judge(prompts[i / _options.NumGenerations], sequence))];
    }

    private Completion Judge(TokenSequence prompt, GeneratedSequence sampled)
    {
        int[] written = sampled.Stop is { } stop ? [.. sampled.Tokens, stop] : [.. sampled.Tokens];
        var trained = new BitArray(prompt.Length + written.Length);
        for (var t = prompt.Length; t < trained.Length; t++)
            trained[t] = true;
        var sequence = new TokenSequence([.. prompt.Ids, .. written], trained, prompt.Row) { File = prompt.File };
        return new Completion(sequence, sampled.Stop is null, prompt.Prompt!.Value.Judge(_tokenizer.Decode([.. sampled.Tokens])));
    }
}
