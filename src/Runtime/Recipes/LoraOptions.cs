namespace FineTune.Recipes;

/// <summary>A low-rank adapter (Hu et al. 2021): <c>y = W x + scale · B (A (dropout(x)))</c>.</summary>
public sealed record LoraOptions
{
    /// <summary>The rank r of the update.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>The update is scaled by <c>Alpha / Rank</c>.</summary>
    public double Alpha { get; init; } = 32;

    /// <summary>The probability with which an input of A is dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Scales by <c>Alpha / sqrt(Rank)</c> instead (rank-stabilised LoRA, Kalajdzievski 2023).</summary>
    public bool UseRslora { get; init; }

    /// <summary>
    /// The linear layers to adapt: names as PEFT matches them (equal to the path or its end after a dot), or
    /// <c>all-linear</c> for every linear layer but the output head.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = ["all-linear"];
}
