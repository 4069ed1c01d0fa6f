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

    /// <summary>Trains the magnitude of each output row apart from its direction (DoRA, Liu et al. 2024).</summary>
    public bool UseDora { get; init; }

    /// <summary>The first values of A and B.</summary>
    public LoraInitialization Initialization { get; init; } = LoraInitialization.Default;

    /// <summary>
    /// The layers to adapt: names as PEFT matches them (equal to the path or its end after a dot), or <c>all-linear</c> for every
    /// linear layer but the output head.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = ["all-linear"];

    /// <summary>
    /// A regular expression that the whole path of a layer must match to be adapted, instead of <see cref="Targets"/>;
    /// <see langword="null"/> for none.
    /// </summary>
    public string? TargetPattern { get; init; }

    /// <summary>Layers that are not adapted though <see cref="Targets"/> means them, by their names.</summary>
    public IReadOnlyList<string> ExcludeModules { get; init; } = [];

    /// <summary>The same as a regular expression that the whole path must match; <see langword="null"/> for none.</summary>
    public string? ExcludePattern { get; init; }

    /// <summary>The indices of the blocks whose layers are adapted, from 0; none means all.</summary>
    public IReadOnlyList<int> LayersToTransform { get; init; } = [];

    /// <summary>The names of the lists that these indices count in, such as <c>layers</c>; none means any.</summary>
    public IReadOnlyList<string> LayersPattern { get; init; } = [];

    /// <summary>
    /// Ranks of layers whose path, or its end after a dot, matches a regular expression, instead of <see cref="Rank"/>. The first
    /// one that matches counts.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, double>> RankPattern { get; init; } = [];

    /// <summary>The same for <see cref="Alpha"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> AlphaPattern { get; init; } = [];

    /// <summary>Which biases of the base model are trained too.</summary>
    public LoraBiases Bias { get; init; } = LoraBiases.None;

    /// <summary>Whether B has a bias, which is trained and scaled with it.</summary>
    public bool LoraBias { get; init; }

    /// <summary>Modules that are trained whole and saved with the adapter, such as <c>embed_tokens</c>: ends of their paths.</summary>
    public IReadOnlyList<string> ModulesToSave { get; init; } = [];

    /// <summary>Whether embedding and output head stay one weight, where the model has them so, when one of them is trained.</summary>
    public bool EnsureWeightTying { get; init; }
}
