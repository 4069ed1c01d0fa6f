using System.Text.Json;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Decoders;
using FineTune.Tokenization.Models;
using FineTune.Tokenization.Normalizers;
using FineTune.Tokenization.PostProcessors;
using FineTune.Tokenization.PreTokenizers;
using FineTune.Tokenization.Reading;

namespace FineTune.Tokenization;

/// <summary>What tokenizer.json says: a model, added tokens, and the other sections as JSON, so that they can be written again.</summary>
/// <param name="File">The file that messages name.</param>
/// <param name="Sections">normalizer, pre_tokenizer, post_processor, decoder, truncation and padding, as far as present.</param>
/// <param name="AddedTokens">The added tokens.</param>
/// <param name="Model">The model.</param>
internal sealed record TokenizerDefinition(
    string File, IReadOnlyDictionary<string, JsonElement> Sections, IReadOnlyList<AddedToken> AddedTokens, ITokenModel Model)
{
    /// <summary>The tokens that begin, end and fill texts where the configuration names none.</summary>
    public (string? Bos, string? Eos, string? Pad) DefaultTokens { get; init; }

    /// <summary>A definition whose sections are given as JSON text of one object.</summary>
    public static TokenizerDefinition Create(string file, string sections, IReadOnlyList<AddedToken> addedTokens, ITokenModel model)
    {
        using var document = JsonDocument.Parse(sections);
        return new TokenizerDefinition(
            file, document.RootElement.EnumerateObject().ToDictionary(section => section.Name, section => section.Value.Clone()), addedTokens, model);
    }

    /// <summary>Makes the components.</summary>
    public TokenizerPipeline Build() => new()
    {
        AddedTokens = AddedTokens,
        Model = Model,
        Normalizer = Section("normalizer") is { } normalizer ? NormalizerReader.Read(normalizer) : null,
        PreTokenizer = Section("pre_tokenizer") is { } preTokenizer ? PreTokenizerReader.Read(preTokenizer) : null,
        PostProcessor = Section("post_processor") is { } postProcessor ? PostProcessorReader.Read(postProcessor, Model.Vocabulary) : null,
        Decoder = Section("decoder") is { } decoder ? DecoderReader.Read(decoder) : null,
        Truncation = Section("truncation") is { } truncation ? SizingReader.Truncation(truncation) : null,
        Padding = Section("padding") is { } padding ? SizingReader.Padding(padding) : null,
    };

    private FileNode? Section(string name) => Sections.TryGetValue(name, out var element) && element.ValueKind != JsonValueKind.Null
        ? new FileNode(element, File, name)
        : null;
}
