using System.Buffers.Binary;

namespace FineTune.Tokenization.Normalizers;

/// <summary>
/// The <c>precompiled_charsmap</c> of SentencePiece: the size of a double-array trie over UTF-8 bytes, the trie (Darts), and
/// the replacements, each ended by a zero.
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] _units;
    private readonly byte[] _replacements;

    public CharacterMap(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < 4)
            throw TokenizerErrors.Malformed(file, "the precompiled character map is truncated");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (size > bytes.Length - 4 || size % 4 != 0)
            throw TokenizerErrors.Malformed(file, "the precompiled character map is truncated");
        _units = new uint[size / 4];
        for (var i = 0; i < _units.Length; i++)
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 + i * 4)..]);
        _replacements = bytes[(4 + (int)size)..].ToArray();
    }

    /// <summary>The replacement of the shortest rule that a text begins with.</summary>
    public string? Shortest(ReadOnlySpan<char> text) => Find(text, longest: false)?.Replacement;

    /// <summary>The longest rule that a text begins with: its replacement and its length in UTF-16 units.</summary>
    public (string Replacement, int Length)? Longest(ReadOnlySpan<char> text) => Find(text, longest: true);

    private (string Replacement, int Length)? Find(ReadOnlySpan<char> text, bool longest)
    {
        if (_units.Length == 0)
            return null;
        Span<byte> utf8 = stackalloc byte[4];
        (int Value, int Length)? found = null;
        var length = 0;
        var node = Offset(_units[0]);
        foreach (var rune in text.EnumerateRunes())
        {
            length += rune.Utf16SequenceLength;
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (value == 0)
                    return Result(found);
                node ^= value;
                if (node >= (uint)_units.Length || Label(_units[node]) != value)
                    return Result(found);
                var hasLeaf = (_units[node] >> 8 & 1) == 1;
                node ^= Offset(_units[node]);
                if (hasLeaf && node < (uint)_units.Length)
                {
                    found = ((int)(_units[node] & int.MaxValue), length);
                    if (!longest)
                        return Result(found);
                }
            }
        }

        return Result(found);
    }

    private (string Replacement, int Length)? Result((int Value, int Length)? found)
    {
        if (found is not { } match || match.Value >= _replacements.Length)
            return null;
        var rest = _replacements.AsSpan(match.Value);
        var end = rest.IndexOf((byte)0);
        return (System.Text.Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]), match.Length);
    }

    private static uint Label(uint unit) => unit & (1u << 31 | 0xFF);

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);
}
