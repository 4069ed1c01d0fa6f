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
}
