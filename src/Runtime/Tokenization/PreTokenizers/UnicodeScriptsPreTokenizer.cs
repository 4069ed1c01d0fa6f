using System.Text;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Splits where the script changes. What stands before the first character with a script is lost, as in the reference.</summary>
internal sealed class UnicodeScriptsPreTokenizer : IPreTokenizer
{
    public IEnumerable<NormalizedText> Split(NormalizedText section)
    {
        int? start = null;
        var last = 0;
        for (var i = 0; i < section.Text.Length;)
        {
            Rune.DecodeFromUtf16(section.Text.AsSpan(i), out var rune, out var width);
            var script = Scripts.Of(rune.Value);
            if (script != 0 && script != last)
            {
                if (start is { } from)
                    yield return section.Slice(from, i);
                (start, last) = (i, script);
            }

            i += width;
        }

        if (start is { } rest)
            yield return section.Slice(rest, section.Text.Length);
    }
}
