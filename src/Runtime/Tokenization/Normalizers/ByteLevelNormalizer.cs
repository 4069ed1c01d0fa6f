using System.Text;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.Normalizers;

/// <summary>Writes every UTF-8 byte as its stand-in character; each has the range of the character that it is part of.</summary>
internal sealed class ByteLevelNormalizer : INormalizer
{
    public NormalizedText Normalize(NormalizedText text)
    {
        var bytes = new List<(Rune, int)>(text.Text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.Text.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(utf8);
            for (var i = 0; i < count; i++)
                bytes.Add((new Rune(ByteCharacters.All[utf8[i]]), i == 0 ? 0 : 1));
        }

        return text.Transform(bytes);
    }
}
