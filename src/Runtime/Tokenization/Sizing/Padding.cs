namespace FineTune.Tokenization.Sizing;

/// <summary>Fills encodings up, as Hugging Face's library does.</summary>
internal static class Padding
{
    /// <summary>Pads a batch in place.</summary>
    public static void Apply(IReadOnlyList<Encoding> encodings, PaddingOptions options)
    {
        if (encodings.Count == 0)
            return;
        var length = options.Length ?? encodings.Max(encoding => encoding.Count);
        if (options.MultipleOf is > 0 and var multiple && length % multiple > 0)
            length += multiple - length % multiple;
        foreach (var encoding in encodings)
            Pad(encoding, length, options);
    }

    private static void Pad(Encoding encoding, int length, PaddingOptions options)
    {
        foreach (var overflowing in encoding.OverflowingList)
            Pad(overflowing, length, options);
        var missing = length - encoding.Count;
        if (missing <= 0)
            return;
        if (options.Side == TextSide.Left)
        {
            foreach (var (sequence, range) in encoding.SequenceRanges.ToList())
                encoding.SequenceRanges[sequence] = (range.Start + missing, range.End + missing);
        }

        var at = options.Side == TextSide.Left ? 0 : encoding.Count;
        encoding.IdList.InsertRange(at, Enumerable.Repeat(options.PadId, missing));
        encoding.TypeIdList.InsertRange(at, Enumerable.Repeat(options.PadTypeId, missing));
        encoding.OffsetList.InsertRange(at, Enumerable.Repeat((0, 0), missing));
        encoding.WordIdList.InsertRange(at, Enumerable.Repeat(-1, missing));
        encoding.AttentionMaskList.InsertRange(at, Enumerable.Repeat(0, missing));
        encoding.SpecialTokensMaskList.InsertRange(at, Enumerable.Repeat(1, missing));
    }
}
