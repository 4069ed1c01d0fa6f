using System.Text.Json;
using FineTune.Data.Files;
using FineTune.Recipes;

namespace FineTune.Data;

/// <summary>
/// Which rows of the training files are held out: those whose content has a small hash. A share depends on each row alone, so
/// that rows which are added or removed move no other; a count takes the smallest hashes.
/// </summary>
internal sealed class RowSplit
{
    private readonly string? _column;
    private readonly ulong _last; // Hashes up to this one are held out.

    private RowSplit(string? column, ulong last)
    {
        (_column, _last) = (column, last);
    }

    /// <summary>The split of a recipe; <see langword="null"/> if it holds no rows out.</summary>
    /// <param name="data">Which files, and how much of them.</param>
    /// <param name="columns">Of separated values, the columns that are read as something else than text.</param>
    /// <exception cref="FineTuneException">FT5128: a row lacks the column to split by. FT5129: one of the sides has no rows.</exception>
    public static RowSplit? Of(DataOptions data, IReadOnlyList<TextColumn> columns)
    {
        if (data.TestSize is not { } size)
            return null;
        var rows = new SortedDictionary<ulong, long>();
        foreach (var path in data.Train.Select(file => file.Path).Distinct(StringComparer.Ordinal))
        {
            foreach (var line in RowFile.Read(path, columns))
            {
                if (Hash(path, line, data.SplitBy) is { } hash)
                    rows[hash] = rows.GetValueOrDefault(hash) + 1;
            }
        }

        var split = new RowSplit(data.SplitBy, size < 1 ? (ulong)(size * ulong.MaxValue) : Smallest(rows, size));
        var heldOut = rows.TakeWhile(group => group.Key <= split._last).Sum(group => group.Value);
        var all = rows.Values.Sum();
        if (all > 0 && (heldOut == 0 || heldOut == all))
            throw NothingLeft(data, heldOut, all, rows.Count);
        return split;
    }

    /// <summary>Whether a row is held out. A row that is not JSON is not, so that it is reported where training reads it.</summary>
    public bool HoldsOut(string path, JsonLine line) => Hash(path, line, _column) is { } hash && hash <= _last;

    private static ulong Smallest(SortedDictionary<ulong, long> rows, double count)
    {
        var taken = 0L;
        foreach (var (hash, number) in rows)
        {
            taken += number;
            if (taken >= count)
                return hash;
        }

        return ulong.MaxValue;
    }

    private static ulong? Hash(string path, JsonLine line, string? column)
    {
        try
        {
            return RowContent.Hash(line.Utf8, column) ?? throw new FineTuneException(
                "FT5128", $"The row has no value in the column '{column}', by which data.split_by splits. Give it one, or split by another column.", $"{path}:{line.Number}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static FineTuneException NothingLeft(DataOptions data, long heldOut, long all, int values)
    {
        var side = heldOut == 0 ? "holds out none" : "leaves none to train on";
        var by = data.SplitBy is null ? "" : $", which have {values} different values of '{data.SplitBy}'";
        return new("FT5129", $"data.test_size {side} of the {all} rows{by}. Choose another size, or name a file of test rows in data.test.", data.Train.ToString());
    }
}
