namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Cuts a text at the matches of a pattern.</summary>
internal static class PieceSplitter
{
    /// <param name="text">The text.</param>
    /// <param name="matches">The matches in order.</param>
    /// <param name="behavior">What happens to them.</param>
    /// <param name="invert">Whether what lies between the matches counts as the match.</param>
    public static IEnumerable<NormalizedText> Split(
        NormalizedText text, IEnumerable<(int Start, int End)> matches, SplitBehavior behavior, bool invert = false)
    {
        var pieces = Alternate(text, matches, invert);
        return Arrange(pieces, behavior).Select(range => text.Slice(range.Start, range.End));
    }

    private static List<(int Start, int End, bool IsMatch)> Alternate(NormalizedText text, IEnumerable<(int Start, int End)> matches, bool invert)
    {
        var pieces = new List<(int, int, bool)>();
        var previous = 0;
        foreach (var (start, end) in matches)
        {
            if (previous != start)
                pieces.Add((previous, start, invert));
            pieces.Add((start, end, !invert));
            previous = end;
        }

        if (previous != text.Text.Length)
            pieces.Add((previous, text.Text.Length, invert));
        return pieces;
    }

    private static List<(int Start, int End)> Arrange(List<(int Start, int End, bool IsMatch)> pieces, SplitBehavior behavior)
    {
        var ranges = new List<(int Start, int End)>(pieces.Count);
        var previousIsMatch = false;
        if (behavior == SplitBehavior.MergedWithNext)
            pieces.Reverse();
        foreach (var (start, end, isMatch) in pieces)
        {
            var joins = behavior switch
            {
                SplitBehavior.Contiguous => isMatch == previousIsMatch,
                SplitBehavior.MergedWithPrevious or SplitBehavior.MergedWithNext => isMatch && !previousIsMatch,
                _ => false,
            };
            previousIsMatch = isMatch;
            if (behavior == SplitBehavior.Removed && isMatch)
                continue;
            if (!joins || ranges.Count == 0)
                ranges.Add((start, end));
            else if (behavior == SplitBehavior.MergedWithNext)
                ranges[^1] = (start, ranges[^1].End);
            else
                ranges[^1] = (ranges[^1].Start, end);
        }

        if (behavior == SplitBehavior.MergedWithNext)
            ranges.Reverse();
        return ranges;
    }
}
