using FineTune.Storage;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Reading;
using FineTune.Tokenization.Sizing;

namespace FineTune.Tokenization;

/// <summary>
/// A tokenizer of a model folder: text to token ids and back, equal to Hugging Face's library id by id.
/// It is immutable and may be used by several threads.
/// </summary>
public sealed class Tokenizer
{
    private readonly TokenizerDefinition _definition;
    private readonly TokenizerPipeline _pipeline;
    private readonly TokenizerConfig _config;
    private readonly AddedVocabulary _added;
    private readonly ByteLevelWords? _words;

    internal Tokenizer(TokenizerDefinition definition, TokenizerConfig config)
    {
        _definition = definition;
        _config = config;
        _pipeline = definition.Build();
        _added = new AddedVocabulary(_pipeline.AddedTokens, _pipeline.Normalizer);
        _words = ByteLevelWords.For(_pipeline);
        VocabularySize = Math.Max(_pipeline.Model.Vocabulary.EndId, _pipeline.AddedTokens.Select(token => token.Id + 1).DefaultIfEmpty().Max());
        BosTokenId = SpecialTokenId(config.BosToken ?? definition.DefaultTokens.Bos);
        EosTokenId = SpecialTokenId(config.EosToken ?? definition.DefaultTokens.Eos);
        PadTokenId = SpecialTokenId(config.PadToken ?? definition.DefaultTokens.Pad);
        AddsBos = BosTokenId is { } bos && Encode("", addSpecialTokens: true).FirstOrDefault(-1) == bos;
    }

    /// <summary>One more than the highest token id: the rows that an embedding needs.</summary>
    public int VocabularySize { get; }

    /// <summary>The id of the token that begins a text; <see langword="null"/> if there is none.</summary>
    public int? BosTokenId { get; }

    /// <summary>The id of the token that ends a text; <see langword="null"/> if there is none.</summary>
    public int? EosTokenId { get; }

    /// <summary>The id of the padding token; <see langword="null"/> if there is none.</summary>
    public int? PadTokenId { get; }

    /// <summary>Whether encoding with special tokens puts <see cref="BosTokenId"/> in front.</summary>
    public bool AddsBos { get; }

    /// <summary>The special tokens, as texts have them.</summary>
    internal IEnumerable<string> SpecialTokens => _pipeline.AddedTokens.Where(token => token.Special && token.Content.Length > 0).Select(token => token.Content);

    internal TokenizerDefinition Definition => _definition;

    /// <summary>
    /// Reads the tokenizer of a model folder: tokenizer.json, else a SentencePiece tokenizer.model, vocab.json with merges.txt,
    /// or vocab.txt; special tokens from tokenizer_config.json or special_tokens_map.json.
    /// </summary>
    /// <param name="modelFolder">The folder.</param>
    /// <exception cref="FineTuneException">The folder has no tokenizer (FT5201) or a malformed or unsupported one (FT5202 to FT5207).</exception>
    public static Tokenizer Load(string modelFolder)
    {
        ArgumentNullException.ThrowIfNull(modelFolder);
        var config = TokenizerConfig.Read(modelFolder);
        return new Tokenizer(TokenizerFolder.Read(modelFolder, config), config);
    }

    /// <summary>The ids of a text. Special tokens written in the text are found; none are added around it, nothing is cut off.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether to add the tokens that the tokenizer puts around a text, such as BOS.</param>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (addSpecialTokens || _words is null || !_words.Takes(text))
            return [.. EncodeWithOffsets(text, addSpecialTokens).IdList];

        var ids = new List<int>(text.Length / 3 + 4);
        if (_added.OccursNowhereIn(text))
        {
            _words.Encode(text, ids);
            return [.. ids];
        }

        foreach (var (section, token) in _added.Split(new NormalizedText(text), normalizer: null))
        {
            if (token is null)
                _words.Encode(section.Text, ids);
            else
                ids.Add(token.Id);
        }

        return [.. ids];
    }

    /// <summary>The tokens of a text with the range of the text that each covers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether to add the tokens that the tokenizer puts around a text, such as BOS.</param>
    public Encoding EncodeWithOffsets(string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Finish(Tokenize(text, typeId: 0, word: null), null, addSpecialTokens, truncation: null);
    }

    /// <summary>The text of token ids.</summary>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out.</param>
    /// <param name="skipSpecialTokens">Whether to leave special tokens out.</param>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var tokens = new List<string>();
        foreach (var id in ids)
        {
            if ((_added.TryGetDecoded(id, out var token) || _pipeline.Model.Vocabulary.TryGetToken(id, out token))
                && !(skipSpecialTokens && _added.IsSpecial(token)))
            {
                tokens.Add(token);
            }
        }

        return _pipeline.Decoder is null ? string.Join(' ', tokens) : string.Concat(_pipeline.Decoder.Decode(tokens));
    }

    /// <summary>Decoding token by token, for generated text that is shown while it grows.</summary>
    /// <param name="skipSpecialTokens">Whether to leave special tokens out.</param>
    public IncrementalDecoder CreateDecoder(bool skipSpecialTokens = true) => new(this, skipSpecialTokens);

    /// <summary>The id of a token; <see langword="null"/> if the tokenizer does not have it.</summary>
    public int? TokenToId(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _added.TryGet(token, out var added) ? added.Id : _pipeline.Model.Vocabulary.TryGetId(token, out var id) ? id : null;
    }

    /// <summary>The token of an id, as the vocabulary writes it; <see langword="null"/> if the tokenizer does not have it.</summary>
    public string? IdToToken(int id) =>
        _added.TryGet(id, out var added) ? added.Content : _pipeline.Model.Vocabulary.TryGetToken(id, out var token) ? token : null;

    /// <summary>Whether an id is a special token, such as BOS or a role marker.</summary>
    public bool IsSpecial(int id) => _added.TryGet(id, out var added) && added.Special;

    /// <summary>Writes tokenizer.json and tokenizer_config.json into a folder, each whole or not at all.</summary>
    /// <param name="folder">The folder; it is made if it is missing.</param>
    public void Save(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        AtomicFile.Write(Path.Combine(folder, TokenizerFolder.TokenizerFile), stream => TokenizerJson.Write(_definition, stream));
        _config.Write(folder);
    }

    /// <summary>The tokens of a text or a pair with the file's own truncation and padding, as the reference's bare <c>encode</c>.</summary>
    internal Encoding EncodeAsConfigured(string first, string? second, bool addSpecialTokens)
    {
        var encoding = EncodePair(first, second, addSpecialTokens, _pipeline.Truncation);
        if (_pipeline.Padding is { } padding)
            Padding.Apply([encoding], padding);
        return encoding;
    }

    /// <summary>As <see cref="EncodeAsConfigured"/>, padded together.</summary>
    internal IReadOnlyList<Encoding> EncodeBatchAsConfigured(IEnumerable<(string First, string? Second)> texts, bool addSpecialTokens) =>
        EncodeBatch(texts, addSpecialTokens, _pipeline.Truncation, _pipeline.Padding);

    /// <summary>The tokens of texts or pairs, cut to a length and padded together.</summary>
    internal IReadOnlyList<Encoding> EncodeBatch(
        IEnumerable<(string First, string? Second)> texts, bool addSpecialTokens, TruncationOptions? truncation, PaddingOptions? padding)
    {
        var encodings = texts.Select(text => EncodePair(text.First, text.Second, addSpecialTokens, truncation)).ToList();
        if (padding is not null)
            Padding.Apply(encodings, padding);
        return encodings;
    }

    /// <summary>The tokens of a text that is given as words; offsets are within each word.</summary>
    internal Encoding EncodeWords(IEnumerable<string> words, bool addSpecialTokens)
    {
        var encoding = new Encoding();
        var index = 0;
        foreach (var word in words)
            encoding.Append(Tokenize(word, typeId: 0, index++));
        return Finish(encoding, null, addSpecialTokens, truncation: null);
    }

    private Encoding EncodePair(string first, string? second, bool addSpecialTokens, TruncationOptions? truncation) => Finish(
        Tokenize(first, typeId: 0, word: null), second is null ? null : Tokenize(second, typeId: 1, word: null), addSpecialTokens, truncation);

    private Encoding Tokenize(string text, int typeId, int? word)
    {
        var encoding = new Encoding { Source = text };
        var useWords = _words is not null && _words.Takes(text);
        var index = 0;
        var tokens = new List<Token>();
        foreach (var (section, added) in _added.Split(new NormalizedText(text), useWords ? null : _pipeline.Normalizer))
        {
            if (added is not null)
            {
                encoding.Add(added.Id, typeId, section.Original(0, section.Text.Length), word ?? index++);
            }
            else if (useWords && word is null)
            {
                _words!.Encode(section.Text, section.OriginalStart, ref index, encoding, typeId);
            }
            else
            {
                foreach (var piece in Pieces(section))
                {
                    tokens.Clear();
                    _pipeline.Model.Tokenize(piece.Text, tokens);
                    foreach (var token in tokens)
                        encoding.Add(token.Id, typeId, piece.Original(token.Start, token.End), word ?? index);
                    index++;
                }
            }
        }

        return encoding;
    }

    private IEnumerable<NormalizedText> Pieces(NormalizedText section) =>
        (_pipeline.PreTokenizer is null ? [section] : _pipeline.PreTokenizer.Split(section)).Where(piece => !piece.IsEmpty);

    private Encoding Finish(Encoding first, Encoding? second, bool addSpecialTokens, TruncationOptions? truncation)
    {
        if (truncation is not null)
        {
            var added = addSpecialTokens ? _pipeline.PostProcessor?.AddedTokens(second is not null) ?? 0 : 0;
            // A limit below the special tokens truncates nothing, as in the reference.
            if (truncation.MaxLength >= added)
                (first, second) = Truncation.Apply(first, second, truncation with { MaxLength = truncation.MaxLength - added });
        }

        List<Encoding> encodings = second is null ? [first] : [first, second];
        if (_pipeline.PostProcessor is null && second is null)
            return first;
        for (var sequence = 0; sequence < encodings.Count; sequence++)
        {
            encodings[sequence].SetSequence(sequence);
            if (_pipeline.PostProcessor is null)
                continue;
            encodings[sequence].OverflowingList.ForEach(part => part.SetSequence(sequence));
            encodings[sequence].SetTypeIds(sequence);
        }

        var parts = _pipeline.PostProcessor?.Process(encodings, addSpecialTokens) ?? encodings;
        if (parts.Count == 1)
            return parts[0];
        var result = new Encoding();
        parts.ForEach(result.Append);
        return result;
    }

    private int? SpecialTokenId(string? token) => token is null
        ? null
        : TokenToId(token) ?? throw TokenizerErrors.UnknownSpecialToken(_config.File, token);
}
