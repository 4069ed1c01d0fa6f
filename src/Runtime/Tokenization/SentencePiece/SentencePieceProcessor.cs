using System.Text;
using FineTune.Tokenization.Models;
using FineTune.Tokenization.Normalizers;

namespace FineTune.Tokenization.SentencePiece;

/// <summary>
/// SentencePiece itself: its own normalization, merges by score, and control symbols such as <c>&lt;s&gt;</c> as plain text.
/// </summary>
internal sealed class SentencePieceProcessor
{
    private const char Space = '▁';

    private readonly SentencePieceFile _model;
    private readonly CharacterMap? _map;
    private readonly ITokenModel _segmenter;
    private readonly int[] _bytes = new int[256];
    private readonly Dictionary<int, byte> _byteOf = [];

    public SentencePieceProcessor(SentencePieceFile model)
    {
        _model = model;
        _map = model.CharacterMap.Length == 0 ? null : new CharacterMap(model.CharacterMap, model.File);
        if (model.Pieces.Any(piece => piece.Kind is PieceKind.UserDefined or PieceKind.Unused))
            throw TokenizerErrors.Unsupported(model.File, "user-defined or unused pieces of SentencePiece");
        if (model.UnknownId < 0 || model.UnknownId >= model.Pieces.Count)
            throw TokenizerErrors.Malformed(model.File, $"the unknown piece {model.UnknownId} is not among the pieces");
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            if (model.Pieces[id] is { Kind: PieceKind.Byte, Text: ['<', '0', 'x', ..] text } && byte.TryParse(
                text.AsSpan(3, text.Length - 4), System.Globalization.NumberStyles.HexNumber, null, out var value))
            {
                _bytes[value] = id;
                _byteOf[id] = value;
            }
        }

        if (model.ByteFallback && _byteOf.Count < 256)
            throw TokenizerErrors.Malformed(model.File, "it falls back to bytes but lacks some of them");
        _segmenter = model.IsBytePair ? BytePair() : Unigram();
    }

    /// <summary>The text as the model sees it.</summary>
    public string Normalize(string text) => NormalizeWithPositions(text).Text;

    /// <summary>The pieces of a text with their UTF-16 ranges.</summary>
    public List<Token> Encode(string text)
    {
        var (normalized, positions) = NormalizeWithPositions(text);
        var pieces = new List<Token>();
        _segmenter.Tokenize(normalized, pieces);
        var result = new List<Token>(pieces.Count);
        foreach (var piece in pieces)
        {
            var (start, end) = (positions[piece.Start], positions[piece.End]);
            if (piece.Id != _model.UnknownId)
                result.Add(new Token(piece.Id, start, end));
            else if (_model.ByteFallback)
                AddBytes(normalized.AsSpan(piece.Start, piece.End - piece.Start), start, end, result);
            else if (result.Count > 0 && result[^1].Id == _model.UnknownId)
                result[^1] = result[^1] with { End = end };
            else
                result.Add(new Token(piece.Id, start, end));
        }

        return result;
    }

    /// <summary>The text of pieces.</summary>
    public string Decode(IEnumerable<int> ids)
    {
        var text = new StringBuilder();
        var bytes = new List<byte>();
        var isStart = true;
        var sawSpace = false;
        foreach (var id in ids)
        {
            if (_byteOf.TryGetValue(id, out var value))
            {
                bytes.Add(value);
                continue;
            }

            Flush(bytes, text);
            isStart &= !sawSpace && text.Length == 0;
            var (piece, _, kind) = _model.Pieces[id];
            sawSpace = false;
            if (kind == PieceKind.Control)
                continue;
            if (kind == PieceKind.Unknown)
            {
                text.Append(_model.UnknownSurface);
                continue;
            }

            if (isStart && (_model.AddDummyPrefix || _model.RemoveExtraWhitespaces) && piece.StartsWith(Space))
            {
                piece = piece[1..];
                sawSpace = !_model.RemoveExtraWhitespaces;
            }

            text.Append(piece.Replace(Space, ' '));
        }

        Flush(bytes, text);
        return text.ToString();
    }

    /// <summary>Every character of a normalized text with the place of the original that it comes from, and the end.</summary>
    private (string Text, List<int> Positions) NormalizeWithPositions(string text)
    {
        var result = new StringBuilder(text.Length + 1);
        var positions = new List<int>(text.Length + 2);
        void Append(char unit, int position)
        {
            result.Append(unit == ' ' ? Space : unit);
            positions.Add(position);
        }

        var consumed = 0;
        if (_model.RemoveExtraWhitespaces)
        {
            while (consumed < text.Length && Prefix(text, consumed) is (" ", var length))
                consumed += length;
        }

        if (consumed == text.Length)
            return ("", [0]);
        if (_model.AddDummyPrefix)
            Append(' ', consumed);
        var afterSpace = _model.RemoveExtraWhitespaces;
        while (consumed < text.Length)
        {
            var (replacement, length) = Prefix(text, consumed);
            var rest = afterSpace ? replacement.TrimStart(' ') : replacement;
            foreach (var unit in rest)
                Append(unit, consumed);
            if (rest.Length > 0)
                afterSpace = rest.EndsWith(' ') && _model.RemoveExtraWhitespaces;
            consumed += length;
        }

        while (_model.RemoveExtraWhitespaces && result.Length > 0 && result[^1] == Space)
        {
            consumed = positions[^1];
            result.Length--;
            positions.RemoveAt(positions.Count - 1);
        }

        positions.Add(consumed);
        return (result.ToString(), positions);
    }

    private (string Replacement, int Length) Prefix(string text, int at)
    {
        if (_map?.Longest(text.AsSpan(at)) is { } rule)
            return rule;
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var width);
        return (rune.ToString(), width);
    }

    /// <summary>An unknown character as its bytes: only the last one carries its range.</summary>
    private void AddBytes(ReadOnlySpan<char> piece, int start, int end, List<Token> tokens)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(piece.ToString());
        for (var i = 0; i < bytes.Length; i++)
            tokens.Add(new Token(_bytes[bytes[i]], start, i == bytes.Length - 1 ? end : start));
    }

    private static void Flush(List<byte> bytes, StringBuilder text)
    {
        ReadOnlySpan<byte> rest = [.. bytes];
        bytes.Clear();
        while (!rest.IsEmpty)
        {
            // An invalid sequence becomes one U+FFFD a byte.
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                length = 1;
            text.Append(rune.ToString());
            rest = rest[length..];
        }
    }

    /// <summary>Merges of neighbours whose concatenation is a piece, the highest score first, of equal scores the leftmost.</summary>
    private BytePairModel BytePair()
    {
        var ids = NormalPieces().DistinctBy(piece => piece.Text).ToDictionary(piece => piece.Text, piece => piece.Id);
        var ranks = NormalPieces().Select(piece => piece.Score).Distinct().OrderDescending().Select((score, rank) => (score, rank))
            .ToDictionary(pair => pair.score, pair => pair.rank);
        var merges = new List<(int Left, int Right, int Rank, int Id)>();
        foreach (var (text, score, id) in NormalPieces())
        {
            for (var at = 1; at < text.Length; at++)
            {
                if (!char.IsLowSurrogate(text[at]) && ids.TryGetValue(text[..at], out var left) && ids.TryGetValue(text[at..], out var right))
                    merges.Add((left, right, ranks[score], id));
            }
        }

        var table = new MergeTable(merges.Count);
        foreach (var (left, right, rank, id) in merges)
            table.Set(left, right, rank, id);
        ids[UnknownText] = _model.UnknownId;
        return new BytePairModel(
            new Vocabulary(ids),
            [.. merges.OrderBy(merge => merge.Rank).Select(merge => (merge.Left, merge.Right))],
            table,
            new BytePairOptions { UnknownToken = UnknownText });
    }

    private UnigramModel Unigram()
    {
        // Control symbols are no text: an empty piece matches nowhere. The unknown piece keeps its id.
        var pieces = _model.Pieces.Select(piece => (piece.Kind == PieceKind.Normal ? piece.Text : "", (double)piece.Score)).ToList();
        return new UnigramModel(pieces, _model.UnknownId, byteFallback: false, _model.File);
    }

    private string UnknownText => _model.Pieces[_model.UnknownId].Text;

    private IEnumerable<(string Text, float Score, int Id)> NormalPieces() =>
        _model.Pieces.Select((piece, id) => (piece.Text, piece.Score, id, piece.Kind)).Where(piece => piece.Kind == PieceKind.Normal)
            .Select(piece => (piece.Text, piece.Score, piece.id));
}
