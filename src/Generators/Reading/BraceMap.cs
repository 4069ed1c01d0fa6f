using Microsoft.CodeAnalysis.Text;

namespace FineTune.Reading;

/// <summary>
/// Finds places of a template in the source that it was read from. Indentation, escapes and folding lie between the two, but
/// none of them adds or removes a brace, and fields do not span lines: the n-th brace of one is the n-th of the other.
/// </summary>
internal static class BraceMap
{
    /// <summary>The span in the source of a part of the template that begins at a brace or after one on its line.</summary>
    /// <param name="template">The template.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="source">The file.</param>
    /// <param name="within">The part of the file that the template was read from.</param>
    /// <returns>The span, or <see langword="null"/> if the source spells it otherwise, as by an escape.</returns>
    public static TextSpan? Find(string template, int offset, int length, string source, TextSpan within)
    {
        if (offset < 0 || offset + length > template.Length || template.Length == 0)
            return null;
        var brace = template.LastIndexOfAny(['{', '}'], Math.Min(offset, template.Length - 1));
        if (brace < 0)
            return null;
        var number = template.Take(brace + 1).Count(character => character == template[brace]);
        var position = within.Start - 1;
        for (var i = 0; i < number; i++)
        {
            position = source.IndexOf(template[brace], position + 1);
            if (position < 0 || position >= within.End)
                return null;
        }

        var size = offset + length - brace;
        return position + size <= within.End && string.CompareOrdinal(template, brace, source, position, size) == 0
            ? new TextSpan(position + offset - brace, length)
            : null;
    }
}
