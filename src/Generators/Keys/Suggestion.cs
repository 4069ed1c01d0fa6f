namespace FineTune.Keys;

/// <summary>Finds what a user may have meant.</summary>
internal static class Suggestion
{
    /// <summary>
    /// The candidate nearest to a name: equal but for case and separators, or at most two edits away (one for names of up
    /// to three letters). Of equally near ones the first. <see langword="null"/> if none is near.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        var least = (name.Length <= 3 ? 1 : 2) + 1;
        var plain = Plain(name);
        foreach (var candidate in candidates)
        {
            var distance = Plain(candidate) == plain ? 0 : EditDistance(name, candidate, least);
            if (distance >= least)
                continue;
            nearest = candidate;
            least = distance;
        }

        return nearest;
    }

    /// <summary>Whether two names are equal but for case and separators.</summary>
    public static bool Same(string name, string other) => Plain(name) == Plain(other);

    private static string Plain(string name) =>
        new([.. name.Where(character => character is not ('_' or '-' or ' ' or '.')).Select(char.ToLowerInvariant)]);

    // Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours. Lengths that differ by the
    // limit or more need no table, so that a long text costs nothing.
    private static int EditDistance(string from, string to, int limit)
    {
        if (Math.Abs(from.Length - to.Length) >= limit)
            return limit;
        var distances = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            distances[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            distances[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = distances[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var distance = Math.Min(replaced, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    distance = Math.Min(distance, distances[i - 2, j - 2] + 1);
                distances[i, j] = distance;
            }
        }

        return distances[from.Length, to.Length];
    }
}
