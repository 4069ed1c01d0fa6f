namespace FineTune.Adapters;

/// <summary>What a trained tensor of an adapter is.</summary>
internal enum AdapterPartKind
{
    /// <summary>A of a linear layer [rank, in], or of an embedding [rank, tokens].</summary>
    A,

    /// <summary>B of a linear layer [out, rank], or of an embedding [hidden, rank].</summary>
    B,

    /// <summary>B's bias [out].</summary>
    LoraBias,

    /// <summary>DoRA's magnitudes, one for each output.</summary>
    Magnitude,

    /// <summary>A copy of a weight of the base: of a module that is trained whole, or a bias.</summary>
    Copy,
}
