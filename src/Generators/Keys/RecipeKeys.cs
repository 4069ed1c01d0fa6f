namespace FineTune.Keys;

/// <summary>The keys at the recipe's own level.</summary>
internal static class RecipeKeys
{
    public static readonly KeySection Section = new("", ["Recipe"], "", "The recipe itself.");

    public static readonly Key Name = new(
        Section, "recipe", "Name", KeyType.Text, "The recipe's name: that of its class and of its folder under runs/.")
    {
        Required = true,
        FixedAtBuild = true,
        YamlOnly = true,
        Synonyms = ["name", "run_name", "recipe_name"],
    };

    public static readonly Key[] All = [Name];
}
