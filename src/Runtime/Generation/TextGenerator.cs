using FineTune.Data;
using FineTune.Models;
using FineTune.Tokenization;

namespace FineTune.Generation;

/// <summary>Continues texts.</summary>
internal sealed class TextGenerator
{
    private readonly CausalLanguageModel _model;
    private readonly Tokenizer _tokenizer;
    private readonly PromptTokenizer _prompts;
    private readonly TokenGenerator _generator;

    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="stops">The tokens that end a text.</param>
    public TextGenerator(CausalLanguageModel model, Tokenizer tokenizer, IReadOnlyCollection<int> stops)
    {
        _model = model;
        _tokenizer = tokenizer;
        _prompts = new PromptTokenizer(tokenizer, tokenizer.EosTokenId);
        _generator = new TokenGenerator(model, stops, model.Config.MaxPositions);
    }

    /// <summary>Continues one text.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="options">How.</param>
    /// <param name="appended">Is called with each piece of text when it is certain: never half a character.</param>
    /// <param name="stop">Ends the continuation where it is.</param>
    /// <exception cref="FineTuneException">FT5601: the text fills the model's context. FT5603: the text is empty and the model knows no beginning.</exception>
    public string Continue(string prompt, GenerationOptions options, Action<string> appended, CancellationToken stop)
    {
        var ids = Tokens(prompt);
        if (ids.Length >= _model.Config.MaxPositions)
        {
            throw new FineTuneException(
                "FT5601", $"The prompt has {ids.Length} tokens, but the model's context is {_model.Config.MaxPositions}, the answer included. Shorten the prompt.");
        }

        var decoder = _tokenizer.CreateDecoder();
        var tokens = _generator.Generate([ids], options, (_, token) => Report(decoder.Add(token)), null, stop)[0];
        Report(decoder.Complete());
        return _tokenizer.Decode(tokens);

        void Report(string piece)
        {
            if (piece.Length > 0)
                appended(piece);
        }
    }

    /// <summary>Continues many texts; of one that leaves too little of the context for an answer the beginning is cut off.</summary>
    /// <param name="prompts">The texts.</param>
    /// <param name="options">How.</param>
    /// <param name="ended">Is called with the number of texts done.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public IReadOnlyList<string> ContinueAll(IReadOnlyList<string> prompts, GenerationOptions options, Action<int> ended, CancellationToken stop)
    {
        var room = Math.Max(1, _model.Config.MaxPositions - options.MaxNewTokens);
        var ids = prompts.Select(Tokens).Select(tokens => tokens.Length <= room ? tokens : tokens[^room..]).ToList();
        var done = 0;
        var continuations = _generator.Generate(ids, options, null, _ => ended(++done), stop);
        stop.ThrowIfCancellationRequested();
        return [.. continuations.Select(tokens => _tokenizer.Decode(tokens))];
    }

    // A model that was trained on texts behind each other knows a new one by the token between them.
    private int[] Tokens(string prompt) => _prompts.TokenizeContext(prompt) switch
    {
        { Length: > 0 } ids => ids,
        _ when (_tokenizer.BosTokenId ?? _tokenizer.EosTokenId) is { } start => [start],
        _ => throw new FineTuneException("FT5603", "The prompt is empty, and the tokenizer has no token that begins a text. Give at least a word."),
    };
}
