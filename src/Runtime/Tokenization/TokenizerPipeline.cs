using FineTune.Tokenization.Added;
using FineTune.Tokenization.Decoders;
using FineTune.Tokenization.Models;
using FineTune.Tokenization.Normalizers;
using FineTune.Tokenization.PostProcessors;
using FineTune.Tokenization.PreTokenizers;
using FineTune.Tokenization.Sizing;

namespace FineTune.Tokenization;

/// <summary>The components of a tokenizer, in the order in which text passes through them.</summary>
internal sealed record TokenizerPipeline
{
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    public INormalizer? Normalizer { get; init; }

    public IPreTokenizer? PreTokenizer { get; init; }

    public required ITokenModel Model { get; init; }

    public IPostProcessor? PostProcessor { get; init; }

    public ITokenDecoder? Decoder { get; init; }

    public TruncationOptions? Truncation { get; init; }

    public PaddingOptions? Padding { get; init; }
}
