namespace FineTune.App.Import;

/// <summary>The names of files that are made of a recipe's name.</summary>
internal static class RecipeFileName
{
    public const string Extension = ".recipe.yaml";

    /// <summary>Such as <c>describe-api</c> of DescribeApi.</summary>
    public static string Stem(string name) =>
        string.Concat(name.Select((character, index) => (index > 0 && char.IsUpper(character) && !char.IsUpper(name[index - 1]) ? "-" : "") + char.ToLowerInvariant(character)));
}
