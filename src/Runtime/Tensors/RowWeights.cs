namespace FineTune.Tensors;

/// <summary>The factors of rows' losses in a gradient: one for all, one each, or no gradient at all.</summary>
internal readonly unsafe struct RowWeights(float* weights, bool shared)
{
    /// <summary>Whether there is a gradient.</summary>
    public bool IsGiven => weights != null;

    /// <summary>The factor of a row.</summary>
    public float this[long row] => shared ? *weights : weights[row];
}
