namespace FineTune.Training.Optimizers;

/// <summary>The settings of <see cref="Adafactor"/>, with transformers' names and the defaults of its trainer.</summary>
internal sealed record AdafactorSettings
{
    /// <summary>ε of the squared gradient.</summary>
    public double SquareEpsilon { get; init; } = 1e-30;

    /// <summary>The least size that a parameter's scale is taken for.</summary>
    public double ScaleEpsilon { get; init; } = 1e-3;

    /// <summary>The update's root mean square is clipped to this.</summary>
    public double ClipThreshold { get; init; } = 1;

    /// <summary>The second moment's decay is <c>1 − t^DecayRate</c>.</summary>
    public double DecayRate { get; init; } = -0.8;

    /// <summary>The decay of the first moment; null keeps none.</summary>
    public double? Beta1 { get; init; }

    /// <summary>Whether the rate is multiplied by the parameter's root mean square.</summary>
    public bool ScaleParameter { get; init; }

    /// <summary>Whether the rate is <c>min(10⁻², 1/√t)</c> in place of the schedule's.</summary>
    public bool RelativeStep { get; init; }

    /// <summary>Whether the relative rate begins at 10⁻⁶t.</summary>
    public bool WarmupInit { get; init; }
}
