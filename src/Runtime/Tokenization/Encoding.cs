namespace FineTune.Tokenization;

/// <summary>
/// A text as tokens. All lists have one entry a token. It is what Hugging Face's library calls an encoding, with offsets
/// in UTF-16 units, as .NET strings are indexed.
/// </summary>
public sealed class Encoding
{
    internal Encoding()
    {
    }

    /// <summary>The token ids.</summary>
    public IReadOnlyList<int> Ids => IdList;

    /// <summary>The range of the text that each token covers, in UTF-16 units; (0, 0) for tokens that the tokenizer added.</summary>
    public IReadOnlyList<(int Start, int End)> Offsets => OffsetList;

    /// <summary>The segment of each token, as BERT's models take it: 0, or 1 in the second text of a pair.</summary>
    public IReadOnlyList<int> TypeIds => TypeIdList;

    /// <summary>1 for tokens, 0 for padding.</summary>
    public IReadOnlyList<int> AttentionMask => AttentionMaskList;

    /// <summary>1 for tokens that the tokenizer added, 0 for those of the text.</summary>
    public IReadOnlyList<int> SpecialTokensMask => SpecialTokensMaskList;

    /// <summary>The index of the word that each token is part of; −1 for tokens that the tokenizer added.</summary>
    public IReadOnlyList<int> WordIds => WordIdList;

    /// <summary>What truncation cut off, in pieces of the same length.</summary>
    public IReadOnlyList<Encoding> Overflowing => OverflowingList;

    /// <summary>The text that each token is from: 0, 1, or −1 for tokens that the tokenizer added.</summary>
    public IReadOnlyList<int> SequenceIds
    {
        get
        {
            var sequences = Enumerable.Repeat(-1, IdList.Count).ToArray();
            // The reference counts the known ranges and asks for the first so many; one that is not known is everything.
            for (var sequence = 0; sequence < Math.Max(1, SequenceRanges.Count); sequence++)
            {
                var (start, end) = SequenceRanges.TryGetValue(sequence, out var range) ? range : (0, IdList.Count);
                sequences.AsSpan(start, end - start).Fill(sequence);
            }

            return sequences;
        }
    }

    internal List<int> IdList { get; init; } = [];

    internal List<(int Start, int End)> OffsetList { get; init; } = [];

    internal List<int> TypeIdList { get; set; } = [];

    internal List<int> AttentionMaskList { get; init; } = [];

    internal List<int> SpecialTokensMaskList { get; init; } = [];

    internal List<int> WordIdList { get; init; } = [];

    internal List<Encoding> OverflowingList { get; set; } = [];

    internal Dictionary<int, (int Start, int End)> SequenceRanges { get; private set; } = [];

    /// <summary>The text that all offsets are in; <see langword="null"/> if there is no single one.</summary>
    internal string? Source { get; init; }

    internal int Count => IdList.Count;

    internal void Add(int id, int typeId, (int Start, int End) offsets, int word)
    {
        IdList.Add(id);
        TypeIdList.Add(typeId);
        OffsetList.Add(offsets);
        WordIdList.Add(word);
        AttentionMaskList.Add(1);
        SpecialTokensMaskList.Add(0);
    }

    /// <summary>Tokens that the tokenizer adds.</summary>
    internal static Encoding OfSpecialTokens(IReadOnlyList<int> ids, int typeId) => new()
    {
        IdList = [.. ids],
        TypeIdList = [.. Enumerable.Repeat(typeId, ids.Count)],
        OffsetList = [.. Enumerable.Repeat((0, 0), ids.Count)],
        WordIdList = [.. Enumerable.Repeat(-1, ids.Count)],
        AttentionMaskList = [.. Enumerable.Repeat(1, ids.Count)],
        SpecialTokensMaskList = [.. Enumerable.Repeat(1, ids.Count)],
    };

    internal void SetTypeIds(int typeId) => TypeIdList = [.. Enumerable.Repeat(typeId, Count)];

    internal void SetSequence(int sequence) => SequenceRanges = new() { [sequence] = (0, Count) };

    internal void SetSequence(int sequence, int start, int end) => SequenceRanges = new() { [sequence] = (start, end) };

    internal void ClearSequences() => SequenceRanges = [];

    /// <summary>A copy of a range of tokens, without what overflowed and without known sequences.</summary>
    internal Encoding Slice(int start, int end) => new()
    {
        Source = Source,
        IdList = IdList.GetRange(start, end - start),
        TypeIdList = TypeIdList.GetRange(start, end - start),
        OffsetList = OffsetList.GetRange(start, end - start),
        WordIdList = WordIdList.GetRange(start, end - start),
        AttentionMaskList = AttentionMaskList.GetRange(start, end - start),
        SpecialTokensMaskList = SpecialTokensMaskList.GetRange(start, end - start),
    };

    internal Encoding Clone()
    {
        var clone = Slice(0, Count);
        clone.OverflowingList = [.. OverflowingList.Select(part => part.Clone())];
        clone.SequenceRanges = new(SequenceRanges);
        return clone;
    }

    /// <summary>Appends another encoding; pieces that overflowed are combined, each of one side with each of the other.</summary>
    internal void Append(Encoding other)
    {
        var overflowing = new List<Encoding>();
        foreach (var own in OverflowingList)
        {
            overflowing.Add(Joined(own, other));
            overflowing.AddRange(other.OverflowingList.Select(part => Joined(own, part)));
        }

        overflowing.AddRange(other.OverflowingList.Select(part => Joined(this, part)));
        OverflowingList = overflowing;
        foreach (var (sequence, range) in other.SequenceRanges)
            SequenceRanges[sequence] = (range.Start + Count, range.End + Count);
        AppendTokens(other);
    }

    private static Encoding Joined(Encoding first, Encoding second)
    {
        var joined = first.Clone();
        joined.Append(second);
        return joined;
    }

    private void AppendTokens(Encoding other)
    {
        IdList.AddRange(other.IdList);
        TypeIdList.AddRange(other.TypeIdList);
        OffsetList.AddRange(other.OffsetList);
        WordIdList.AddRange(other.WordIdList);
        AttentionMaskList.AddRange(other.AttentionMaskList);
        SpecialTokensMaskList.AddRange(other.SpecialTokensMaskList);
    }
}
