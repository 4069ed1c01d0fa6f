namespace FineTune.Recipes;

/// <summary>Which biases of the base model are trained beside an adapter.</summary>
public enum LoraBiases
{
    /// <summary>None.</summary>
    None,

    /// <summary>All of them.</summary>
    All,

    /// <summary>Those of the adapted layers.</summary>
    LoraOnly,
}
