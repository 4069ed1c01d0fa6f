namespace FineTune.Hooks;

/// <summary>A reward of a recipe, apart from the type of its rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its factor in the sum of all rewards.</param>
internal sealed record RewardWeight(string Name, double Weight);
