namespace FineTune.Data;

/// <summary>
/// Which sequences an epoch uses when files have weights. It depends only on the seed and the epoch, so that a resumed run goes
/// on with the same rows. A fraction takes another part of the rows in each epoch, in turn: over the epochs all are used
/// equally often.
/// </summary>
internal sealed class RowMixture
{
    private readonly IReadOnlyList<(double Weight, IReadOnlyList<IReadOnlyList<int>> Rows)> _files;
    private readonly int _seed;
    private readonly int[]? _all;

    /// <param name="files">The files' weights and rows; a row is its sequences, by index.</param>
    /// <param name="seed">The run's seed.</param>
    public RowMixture(IReadOnlyList<(double Weight, IReadOnlyList<IReadOnlyList<int>> Rows)> files, int seed)
    {
        (_files, _seed) = (files, seed);
        if (files.All(file => file.Weight == 1))
            _all = [.. files.SelectMany(file => file.Rows).SelectMany(row => row)];
    }

    /// <summary>The sequences of an epoch, file by file, not shuffled.</summary>
    public int[] Epoch(int epoch)
    {
        if (_all is not null)
            return [.. _all];
        var sequences = new List<int>();
        for (var file = 0; file < _files.Count; file++)
        {
            foreach (var row in RowsOf(file, epoch))
                sequences.AddRange(_files[file].Rows[row]);
        }

        return [.. sequences];
    }

    private IEnumerable<int> RowsOf(int file, int epoch)
    {
        var (weight, rows) = _files[file];
        var whole = (int)Math.Floor(weight);
        for (var copy = 0; copy < whole; copy++)
        {
            for (var row = 0; row < rows.Count; row++)
                yield return row;
        }

        var part = (int)Math.Round((weight - whole) * rows.Count, MidpointRounding.AwayFromZero);
        if (part == 0)
            yield break;
        var order = Enumerable.Range(0, rows.Count).ToArray();
        // Negative, so that it is the order of no epoch; a file's own, so that files do not go in step.
        new SequenceShuffle(_seed, -1 - file).Apply(order);
        var first = (long)epoch * part;
        foreach (var row in Enumerable.Range(0, part).Select(i => order[(int)((first + i) % rows.Count)]).Order())
            yield return row;
    }
}
