using System.Text;
using System.Text.Json;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.Models;

/// <summary>
/// Byte-pair encoding (Sennrich et al. 2016), as Hugging Face's library does it, flag by flag.
/// </summary>
internal sealed class BytePairModel : ITokenModel
{
    private readonly WordCache _pieces = new();
    private readonly WordCache _byteWords = new();
    private readonly MergeTable _merges;
    private readonly int[] _byteFallback;
    private readonly int[] _byteSymbols;
    private readonly int _unknownId = -1;
    private readonly bool _splitsAtMetaspace;

    /// <param name="vocabulary">Every token.</param>
    /// <param name="merges">The merges in order of rank, as pairs of tokens of the vocabulary.</param>
    /// <param name="table">The same merges by pair; equal ranks are allowed.</param>
    /// <param name="options">The other settings.</param>
    public BytePairModel(Vocabulary vocabulary, IReadOnlyList<(int Left, int Right)> merges, MergeTable table, BytePairOptions options)
    {
        Vocabulary = vocabulary;
        Merges = merges;
        Options = options;
        _merges = table;
        if (options.UnknownToken is { } unknown && vocabulary.TryGetId(unknown, out var unknownId))
            _unknownId = unknownId;
        _byteFallback = [.. Enumerable.Range(0, 256).Select(value => vocabulary.TryGetId($"<0x{value:X2}>", out var id) ? id : -1)];
        _byteSymbols = [.. Enumerable.Range(0, 256).Select(value => vocabulary.TryGetId([ByteCharacters.All[value]], out var id) ? id : -1)];
        // Where characters can vanish, offsets depend on the whole piece.
        var nothingVanishes = _unknownId >= 0 || (options.ByteFallback && Array.TrueForAll(_byteFallback, id => id >= 0));
        _splitsAtMetaspace = nothingVanishes && !options.IgnoreMerges && options.ContinuingSubwordPrefix is null && options.EndOfWordSuffix is null
            && vocabulary.TryGetId("▁", out _) && NoMergeCrossesMetaspace();
    }

    public Vocabulary Vocabulary { get; }

    /// <summary>The merges in order of rank.</summary>
    public IReadOnlyList<(int Left, int Right)> Merges { get; }

    public BytePairOptions Options { get; }

    /// <summary>Whether the model takes text in byte characters, every one of them known: then words can be taken as bytes.</summary>
    public bool IsByteLevel => _byteSymbols.All(id => id >= 0) && Options is
    { UnknownToken: null, ContinuingSubwordPrefix: null, EndOfWordSuffix: null, ByteFallback: false };

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        if (!_splitsAtMetaspace)
        {
            Append(piece, 0, tokens);
            return;
        }

        // No merge joins something to a following ▁, so that "▁a▁b" is "▁a" and "▁b": words, which a cache knows.
        var start = 0;
        for (var i = 1; i < piece.Length; i++)
        {
            if (piece[i] == '▁' && piece[i - 1] != '▁')
            {
                Append(piece[start..i], start, tokens);
                start = i;
            }
        }

        Append(piece[start..], start, tokens);
    }

    /// <summary>The tokens of a word given as text that stands for its UTF-8 bytes (<see cref="IsByteLevel"/>).</summary>
    public Token[] TokenizeBytes(ReadOnlySpan<char> word)
    {
        if (_byteWords.Find(word) is { } known)
            return known;

        Token[] tokens;
        if (Options.IgnoreMerges && Vocabulary.TryGetId(ByteCharacters.Encode(word), out var whole))
        {
            tokens = [new Token(whole, 0, word.Length)];
        }
        else
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(word.ToString());
            var ids = new int[bytes.Length];
            var lengths = new int[bytes.Length];
            for (var i = 0; i < bytes.Length; i++)
                (ids[i], lengths[i]) = (_byteSymbols[bytes[i]], 1);
            var count = SymbolMerger.Apply(_merges, ids, lengths, bytes.Length);
            tokens = Place(word, ids.AsSpan(0, count), lengths);
        }

        _byteWords.Add(word, tokens);
        return tokens;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "BPE");
        writer.WriteNull("dropout");
        writer.WriteString("unk_token", Options.UnknownToken);
        writer.WriteString("continuing_subword_prefix", Options.ContinuingSubwordPrefix);
        writer.WriteString("end_of_word_suffix", Options.EndOfWordSuffix);
        writer.WriteBoolean("fuse_unk", Options.FuseUnknown);
        writer.WriteBoolean("byte_fallback", Options.ByteFallback);
        writer.WriteBoolean("ignore_merges", Options.IgnoreMerges);
        Vocabulary.Write(writer);
        writer.WriteStartArray("merges");
        foreach (var (left, right) in Merges)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Vocabulary.Token(left));
            writer.WriteStringValue(Vocabulary.Token(right));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private bool NoMergeCrossesMetaspace()
    {
        foreach (var (left, right) in Merges)
        {
            if (Vocabulary.TryGetToken(right, out var second) && second.StartsWith('▁')
                && Vocabulary.TryGetToken(left, out var first) && !first.EndsWith('▁'))
            {
                return false;
            }
        }

        return true;
    }

    private void Append(ReadOnlySpan<char> word, int offset, List<Token> tokens)
    {
        if (word.IsEmpty)
            return;
        var found = _pieces.Find(word);
        if (found is null)
        {
            found = TokenizeWord(word);
            _pieces.Add(word, found);
        }

        foreach (var token in found)
            tokens.Add(new Token(token.Id, token.Start + offset, token.End + offset));
    }

    private Token[] TokenizeWord(ReadOnlySpan<char> word)
    {
        if (Options.IgnoreMerges && Vocabulary.TryGetId(word, out var whole))
            return [new Token(whole, 0, word.Length)];

        var symbols = new SymbolList(word.Length);
        (int Id, int Length)? unknown = null;
        for (var i = 0; i < word.Length;)
        {
            Rune.DecodeFromUtf16(word[i..], out var rune, out var width);
            var text = word.Slice(i, width);
            var length = rune.Utf8SequenceLength;
            var isFirst = i == 0;
            i += width;
            if (TryGetSymbol(text, isFirst, i == word.Length, out var id))
            {
                if (unknown is { } pending)
                    symbols.Add(pending.Id, pending.Length);
                unknown = null;
                symbols.Add(id, length);
            }
            else if (!(Options.ByteFallback && AddBytes(text, isFirst, i == word.Length, symbols)) && _unknownId >= 0)
            {
                if (unknown is { } pending && !Options.FuseUnknown)
                {
                    symbols.Add(pending.Id, pending.Length);
                    unknown = null;
                }

                unknown = (_unknownId, (unknown?.Length ?? 0) + length);
            }
        }

        if (unknown is { } last)
            symbols.Add(last.Id, last.Length);
        var count = SymbolMerger.Apply(_merges, symbols.Ids, symbols.Lengths, symbols.Count);
        return Place(word, symbols.Ids[..count], symbols.Lengths);
    }

    private bool TryGetSymbol(ReadOnlySpan<char> character, bool isFirst, bool isLast, out int id)
    {
        var prefix = isFirst ? null : Options.ContinuingSubwordPrefix;
        var suffix = isLast ? Options.EndOfWordSuffix : null;
        return prefix is null && suffix is null
            ? Vocabulary.TryGetId(character, out id)
            : Vocabulary.TryGetId(string.Concat(prefix, character, suffix), out id);
    }

    private bool AddBytes(ReadOnlySpan<char> character, bool isFirst, bool isLast, SymbolList symbols)
    {
        var text = string.Concat(isFirst ? null : Options.ContinuingSubwordPrefix, character, isLast ? Options.EndOfWordSuffix : null);
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        if (Array.Exists(bytes, value => _byteFallback[value] < 0))
            return false;
        foreach (var value in bytes)
            symbols.Add(_byteFallback[value], 1);
        return true;
    }

    /// <summary>
    /// Gives symbols their ranges. Lengths are in UTF-8 bytes and are added up from the start of the word, as in the
    /// reference (also where characters vanished); a range covers every character that it touches.
    /// </summary>
    private static Token[] Place(ReadOnlySpan<char> word, ReadOnlySpan<int> ids, ReadOnlySpan<int> lengths)
    {
        var tokens = new Token[ids.Length];
        var (bytes, unit, unitBytes) = (0, 0, 0);
        for (var i = 0; i < ids.Length; i++)
        {
            // unit: the character that holds the byte `bytes`; unitBytes: where that character starts, in bytes.
            var start = Advance(word, bytes, ref unit, ref unitBytes);
            bytes += lengths[i];
            Advance(word, bytes - 1, ref unit, ref unitBytes);
            Rune.DecodeFromUtf16(word[unit..], out _, out var width);
            tokens[i] = new Token(ids[i], start, unit + width);
        }

        return tokens;
    }

    private static int Advance(ReadOnlySpan<char> word, int bytes, ref int unit, ref int unitBytes)
    {
        while (true)
        {
            Rune.DecodeFromUtf16(word[unit..], out var rune, out var width);
            if (unitBytes + rune.Utf8SequenceLength > bytes || unit + width >= word.Length)
                return unit;
            unitBytes += rune.Utf8SequenceLength;
            unit += width;
        }
    }

    /// <summary>The symbols of one word.</summary>
    private sealed class SymbolList(int capacity)
    {
        private int[] _ids = new int[capacity];
        private int[] _lengths = new int[capacity];

        public int Count { get; private set; }

        public Span<int> Ids => _ids.AsSpan(0, Count);

        public Span<int> Lengths => _lengths.AsSpan(0, Count);

        public void Add(int id, int length)
        {
            if (Count == _ids.Length)
            {
                Array.Resize(ref _ids, Count * 2);
                Array.Resize(ref _lengths, Count * 2);
            }

            _ids[Count] = id;
            _lengths[Count++] = length;
        }
    }
}
