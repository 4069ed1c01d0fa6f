using FineTune.Recipes;

namespace FineTune.Attributes;

/// <summary>Trains a low-rank adapter (Hu et al. 2021) instead of all weights.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LoraAttribute : Attribute
{
    /// <inheritdoc cref="LoraOptions.Rank"/>
    public int Rank { get; set; } = 16;

    /// <inheritdoc cref="LoraOptions.Alpha"/>
    public double Alpha { get; set; } = 32;

    /// <inheritdoc cref="LoraOptions.Dropout"/>
    public double Dropout { get; set; }

    /// <inheritdoc cref="LoraOptions.UseRslora"/>
    public bool UseRslora { get; set; }

    /// <summary>
    /// The linear layers to adapt, separated by commas: names as PEFT matches them (equal to the path or its end after a
    /// dot), or <c>all-linear</c> for every linear layer but the output head.
    /// </summary>
    public string Targets { get; set; } = "all-linear";

    /// <inheritdoc cref="LoraOptions.UseDora"/>
    public bool UseDora { get; set; }

    /// <inheritdoc cref="LoraOptions.Initialization"/>
    public LoraInitialization Initialization { get; set; } = LoraInitialization.Default;

    /// <inheritdoc cref="LoraOptions.TargetPattern"/>
    public string? TargetPattern { get; set; }

    /// <summary>Layers that are not adapted though <see cref="Targets"/> means them: names, separated by commas.</summary>
    public string? ExcludeModules { get; set; }

    /// <inheritdoc cref="LoraOptions.ExcludePattern"/>
    public string? ExcludePattern { get; set; }

    /// <inheritdoc cref="LoraOptions.LayersToTransform"/>
    public int[] LayersToTransform { get; set; } = [];

    /// <summary>The names of the lists that <see cref="LayersToTransform"/> counts in, separated by commas.</summary>
    public string? LayersPattern { get; set; }

    /// <summary>Ranks of some layers: <c>q_proj=8, layers\.[0-2]\.mlp\..*=4</c>. The first pattern that matches counts.</summary>
    public string? RankPattern { get; set; }

    /// <summary>The same for <see cref="Alpha"/>.</summary>
    public string? AlphaPattern { get; set; }

    /// <inheritdoc cref="LoraOptions.Bias"/>
    public LoraBiases Bias { get; set; } = LoraBiases.None;

    /// <inheritdoc cref="LoraOptions.LoraBias"/>
    public bool LoraBias { get; set; }

    /// <summary>Modules that are trained whole and saved with the adapter: names, separated by commas.</summary>
    public string? ModulesToSave { get; set; }

    /// <inheritdoc cref="LoraOptions.EnsureWeightTying"/>
    public bool EnsureWeightTying { get; set; }
}
