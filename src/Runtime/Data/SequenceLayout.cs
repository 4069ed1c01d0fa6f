namespace FineTune.Data;

/// <summary>Where the sequences of a packed batch begin: they follow each other without padding, and none sees another.</summary>
internal sealed class SequenceLayout
{
    /// <param name="lengths">The tokens of each sequence, in order.</param>
    public SequenceLayout(IReadOnlyList<int> lengths)
    {
        Lengths = lengths;
        var starts = new int[lengths.Count + 1];
        for (var i = 0; i < lengths.Count; i++)
            starts[i + 1] = starts[i] + lengths[i];
        Starts = starts;
    }

    /// <summary>The tokens of each sequence.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>The first token of each sequence, and at the end the number of all tokens.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>The tokens of all sequences.</summary>
    public int Tokens => Starts[^1];

    /// <summary>The longest sequence.</summary>
    public int Longest => Lengths.Count == 0 ? 0 : Lengths.Max();

    /// <summary>Each token's position in its own sequence, from 0.</summary>
    public int[] PositionIds()
    {
        var positions = new int[Tokens];
        for (var sequence = 0; sequence < Lengths.Count; sequence++)
        {
            for (var i = 0; i < Lengths[sequence]; i++)
                positions[Starts[sequence] + i] = i;
        }

        return positions;
    }
}
