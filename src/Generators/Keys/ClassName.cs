namespace FineTune.Keys;

/// <summary>The names that a recipe in YAML may have: those of a C# class, and of a folder in every file system.</summary>
internal static class ClassName
{
    // What the generated class has as members, or would hide.
    private static readonly string[] Taken =
    [
        "Row", "Options", "Filter", "Map", "RowCode", "ChatTemplates", "Format", "ReadRow", "Program", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals",
        "Finalize",
    ];

    /// <summary>What is wrong with a name, or <see langword="null"/>.</summary>
    public static string? Check(string name)
    {
        if (IsUsable(name))
            return null;
        var better = Pascal(name);
        var advice = IsUsable(better) ? $"write '{better}'." : "choose ASCII letters and digits that begin with a capital, as in 'DescribeApi'.";
        return $"{KeyText.Quote(name)} cannot be a recipe's name, because it names a class and a folder; {advice}";
    }

    // A capital first keeps clear of C#'s keywords, those to come included: a class in small letters is a warning.
    private static bool IsUsable(string name) =>
        name.Length is > 0 and <= 100
        && name[0] is >= 'A' and <= 'Z'
        && name.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
        && !Taken.Contains(name);

    private static string Pascal(string name) => string.Concat(
        new string([.. name.Select(character => char.IsLetterOrDigit(character) ? character : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
