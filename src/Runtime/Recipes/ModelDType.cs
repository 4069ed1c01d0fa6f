namespace FineTune.Recipes;

/// <summary>The numeric type of base weights and of the products with them.</summary>
public enum ModelDType
{
    /// <summary>Weights as the checkpoint has them, products in the type that the machine is fast in.</summary>
    Auto,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>16-bit brain floating point.</summary>
    BFloat16,
}
