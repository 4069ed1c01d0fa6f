using FineTune.Tokenization.Models;
using FineTune.Tokenization.Normalizers;
using FineTune.Tokenization.Patterns;
using FineTune.Tokenization.PreTokenizers;
using FineTune.Tokenization.PreTokenizers.Scanners;

namespace FineTune.Tokenization;

/// <summary>
/// The short way for byte-level BPE with a well-known split pattern, which most models have: words are scanned and looked
/// up in the text itself, so that nothing is allocated and no byte characters are written.
/// </summary>
internal sealed class ByteLevelWords
{
    private readonly BytePairModel _model;
    private readonly WordScanner _scanner;
    private readonly UnicodeNormalizer? _normalizer;

    private ByteLevelWords(BytePairModel model, WordScanner scanner, UnicodeNormalizer? normalizer)
    {
        _model = model;
        _scanner = scanner;
        _normalizer = normalizer;
    }

    /// <summary>The short way of a pipeline, if it has one.</summary>
    public static ByteLevelWords? For(TokenizerPipeline pipeline)
    {
        if (pipeline.Model is not BytePairModel { IsByteLevel: true } model || pipeline.Normalizer is not (null or UnicodeNormalizer))
            return null;
        return Scanner(pipeline.PreTokenizer) is { } scanner ? new ByteLevelWords(model, scanner, pipeline.Normalizer as UnicodeNormalizer) : null;
    }

    /// <summary>Whether a text can be taken as it is.</summary>
    public bool Takes(string text) => _normalizer is null || _normalizer.Leaves(text);

    /// <summary>Appends the ids of a section of a text.</summary>
    public void Encode(ReadOnlySpan<char> section, List<int> ids)
    {
        for (var start = 0; start < section.Length;)
        {
            var end = _scanner.WordEnd(section, start);
            foreach (var token in _model.TokenizeBytes(section[start..end]))
                ids.Add(token.Id);
            start = end;
        }
    }

    /// <summary>Appends the tokens of a section that starts at <paramref name="offset"/> in the text.</summary>
    public void Encode(ReadOnlySpan<char> section, int offset, ref int word, Encoding encoding, int typeId)
    {
        for (var start = 0; start < section.Length; word++)
        {
            var end = _scanner.WordEnd(section, start);
            foreach (var token in _model.TokenizeBytes(section[start..end]))
                encoding.Add(token.Id, typeId, (offset + start + token.Start, offset + start + token.End), word);
            start = end;
        }
    }

    private static WordScanner? Scanner(IPreTokenizer? preTokenizer) => preTokenizer switch
    {
        ByteLevelPreTokenizer { UseRegex: true, AddPrefixSpace: false } => Gpt2Scanner.Instance,
        SequencePreTokenizer
        {
            Parts: [
                SplitPreTokenizer { IsolatesMatches: true, Pattern: ScannerPattern pattern },
                ByteLevelPreTokenizer { UseRegex: false, AddPrefixSpace: false },
            ],
        } => pattern.Scanner,
        _ => null,
    };
}
