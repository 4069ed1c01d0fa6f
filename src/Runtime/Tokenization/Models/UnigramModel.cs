using System.Text;
using System.Text.Json;

namespace FineTune.Tokenization.Models;

/// <summary>
/// SentencePiece's unigram model (Kudo 2018): the segmentation with the highest sum of log-probabilities, found by
/// dynamic programming over the text. Unknown characters cost ten more than the rarest token and are fused.
/// </summary>
internal sealed class UnigramModel : ITokenModel
{
    private const double UnknownPenalty = 10.0;

    private readonly IReadOnlyList<(string Token, double Score)> _pieces;
    private readonly PrefixTrie _trie = new();
    private readonly int? _unknownId;
    private readonly bool _byteFallback;
    private readonly double _unknownScore;
    private readonly string _file;

    /// <param name="pieces">The tokens with their log-probabilities; the place is the id.</param>
    /// <param name="unknownId">The id of unknown characters.</param>
    /// <param name="byteFallback">Whether unknown characters become tokens of their bytes.</param>
    /// <param name="file">The file that messages name.</param>
    public UnigramModel(IReadOnlyList<(string Token, double Score)> pieces, int? unknownId, bool byteFallback, string file)
    {
        _pieces = pieces;
        _unknownId = unknownId;
        _byteFallback = byteFallback;
        _file = file;
        if (unknownId >= pieces.Count)
            throw TokenizerErrors.Malformed(file, $"unk_id {unknownId} is beyond the {pieces.Count} tokens of the vocabulary");
        var ids = new Dictionary<string, int>(pieces.Count);
        for (var id = 0; id < pieces.Count; id++)
        {
            ids[pieces[id].Token] = id;
            _trie.Add(pieces[id].Token, id);
        }

        Vocabulary = new Vocabulary(ids);
        _unknownScore = pieces.Select(piece => piece.Score).DefaultIfEmpty().Min() - UnknownPenalty;
    }

    public Vocabulary Vocabulary { get; }

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        var path = BestPath(piece);
        var starts = new List<(int Start, int End)>();
        for (var end = piece.Length; end > 0; end = path[end].Start)
        {
            // Neighbouring unknown characters become one token.
            if (starts.Count > 0 && path[end].Id == _unknownId && path[starts[^1].End].Id == _unknownId)
                starts[^1] = (path[end].Start, starts[^1].End);
            else
                starts.Add((path[end].Start, end));
        }

        for (var i = starts.Count - 1; i >= 0; i--)
            Append(piece[starts[i].Start..starts[i].End], starts[i].Start, tokens);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Unigram");
        if (_unknownId is { } unknown)
            writer.WriteNumber("unk_id", unknown);
        else
            writer.WriteNull("unk_id");
        writer.WriteStartArray("vocab");
        foreach (var (token, score) in _pieces)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(token);
            writer.WriteNumberValue(score);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("byte_fallback", _byteFallback);
        writer.WriteEndObject();
    }

    /// <summary>For every end of a character the best last token: where it starts, its id, and the score of the whole path.</summary>
    private (int Start, int Id, double Score)[] BestPath(ReadOnlySpan<char> text)
    {
        var path = new (int Start, int Id, double Score)[text.Length + 1];
        Array.Fill(path, (-1, -1, 0));
        for (var start = 0; start < text.Length;)
        {
            Rune.DecodeFromUtf16(text[start..], out _, out var width);
            var score = path[start].Score;
            var hasSingle = false;
            for (int end = start, node = 0; end < text.Length;)
            {
                node = _trie.Next(node, text[end++]);
                if (node < 0)
                    break;
                if (_trie.Value(node) is >= 0 and var id)
                {
                    Offer(path, start, end, id, score + _pieces[id].Score);
                    hasSingle |= end == start + width;
                }
            }

            if (!hasSingle)
                Offer(path, start, start + width, UnknownId(), score + _unknownScore);
            start += width;
        }

        return path;
    }

    private static void Offer((int Start, int Id, double Score)[] path, int start, int end, int id, double score)
    {
        if (path[end].Start < 0 || score > path[end].Score)
            path[end] = (start, id, score);
    }

    private void Append(ReadOnlySpan<char> text, int offset, List<Token> tokens)
    {
        if (Vocabulary.TryGetId(text, out var id))
        {
            tokens.Add(new Token(id, offset, offset + text.Length));
            return;
        }

        if (_byteFallback)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text.ToString())
                .Select(value => Vocabulary.TryGetId($"<0x{value:X2}>", out var byteId) ? byteId : -1).ToList();
            if (!bytes.Contains(-1))
            {
                foreach (var byteId in bytes)
                    tokens.Add(new Token(byteId, offset, offset + text.Length));
                return;
            }
        }

        tokens.Add(new Token(UnknownId(), offset, offset + text.Length));
    }

    private int UnknownId() => _unknownId
        ?? throw TokenizerErrors.Malformed(_file, "the text has a character that the vocabulary lacks, and the model has no unk_id");
}
