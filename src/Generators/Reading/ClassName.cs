using FineTune.Keys;
using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Reading;

/// <summary>The names that a recipe in YAML may have: those of a C# class, and of a folder in every file system.</summary>
internal static class ClassName
{
    // What the generated class has as members, or would hide.
    private static readonly string[] Taken = ["Row", "Options", "Format", "ReadRow", "Program", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize"];

    /// <summary>What is wrong with a name, or <see langword="null"/>.</summary>
    public static string? Check(string name)
    {
        if (IsUsable(name))
            return null;
        var better = Identifier.Pascal(name);
        var advice = IsUsable(better) ? $"write '{better}'." : "choose letters and digits that begin with a letter, as in 'DescribeApi'.";
        return $"{KeyText.Quote(name)} cannot be a recipe's name, because it names a class and a folder; {advice}";
    }

    private static bool IsUsable(string name) =>
        name.Length is > 0 and <= 100
        && name.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
        && SyntaxFacts.IsValidIdentifier(name)
        && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
        && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
        && !Taken.Contains(name);
}
