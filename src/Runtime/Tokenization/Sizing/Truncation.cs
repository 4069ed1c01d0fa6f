namespace FineTune.Tokenization.Sizing;

/// <summary>Cuts encodings, as Hugging Face's library does.</summary>
internal static class Truncation
{
    /// <summary>Cuts a text or a pair to a number of tokens.</summary>
    public static (Encoding First, Encoding? Second) Apply(Encoding first, Encoding? second, TruncationOptions options)
    {
        if (options.MaxLength == 0)
            return (Cut(first, 0, options), second is null ? null : Cut(second, 0, options));
        var surplus = first.Count + (second?.Count ?? 0) - options.MaxLength;
        if (surplus <= 0)
            return (first, second);
        return options.Strategy switch
        {
            TruncationStrategy.OnlyFirst => (Shorten(first, surplus, options), second),
            TruncationStrategy.OnlySecond => (first, Shorten(
                second ?? throw TokenizerErrors.Truncation("Truncation of only the second text needs a pair of texts."), surplus, options)),
            _ when second is null => (Cut(first, options.MaxLength, options), null),
            _ => LongestFirst(first, second, options),
        };
    }

    private static (Encoding First, Encoding? Second) LongestFirst(Encoding first, Encoding second, TruncationOptions options)
    {
        var (shorter, longer) = (Math.Min(first.Count, second.Count), Math.Max(first.Count, second.Count));
        longer = shorter > options.MaxLength ? shorter : Math.Max(shorter, options.MaxLength - shorter);
        if (shorter + longer > options.MaxLength)
        {
            shorter = options.MaxLength / 2;
            longer = shorter + options.MaxLength % 2;
        }

        return first.Count > second.Count
            ? (Cut(first, longer, options), Cut(second, shorter, options))
            : (Cut(first, shorter, options), Cut(second, longer, options));
    }

    private static Encoding Shorten(Encoding encoding, int surplus, TruncationOptions options) => encoding.Count > surplus
        ? Cut(encoding, encoding.Count - surplus, options)
        : throw TokenizerErrors.Truncation(
            $"The text to truncate has {encoding.Count} tokens, and {surplus} would have to go. Allow a greater length, or truncate the other text.");

    private static Encoding Cut(Encoding encoding, int length, TruncationOptions options)
    {
        if (length >= encoding.Count)
            return encoding;
        if (length == 0)
            return new Encoding { OverflowingList = [encoding] };
        if (options.Stride >= length)
        {
            throw TokenizerErrors.Truncation(
                $"The stride {options.Stride} must be less than the {length} tokens that a piece of text may have (special tokens not counted).");
        }

        var parts = Ranges(encoding.Count, length, length - options.Stride, options.Side).Select(range => encoding.Slice(range.Start, range.End)).ToList();
        parts[0].OverflowingList = parts[1..];
        return parts[0];
    }

    private static IEnumerable<(int Start, int End)> Ranges(int count, int length, int step, TextSide side)
    {
        if (side == TextSide.Right)
        {
            for (var start = 0; ; start += step)
            {
                var end = Math.Min(start + length, count);
                yield return (start, end);
                if (end == count)
                    yield break;
            }
        }

        for (var end = count; end > 0; end -= step)
        {
            var start = Math.Max(0, end - length);
            yield return (start, end);
            if (start == 0)
                yield break;
        }
    }
}
