using FineTune.Keys;

namespace FineTune.Recipes;

/// <summary>Ties a key to the option that it sets.</summary>
/// <param name="Key">The key.</param>
/// <param name="Get">Reads the option; <see langword="null"/> if it has no value.</param>
/// <param name="Set">Changes the option.</param>
internal sealed record RecipeBinding(Key Key, Func<RecipeOptions, KeyValue?> Get, Func<RecipeOptions, KeyValue?, RecipeOptions> Set);
