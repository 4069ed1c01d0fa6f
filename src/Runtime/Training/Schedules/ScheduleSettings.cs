namespace FineTune.Training.Schedules;

/// <summary>What the learning rate's course depends on besides its kind; names and defaults are those of transformers.</summary>
internal sealed record ScheduleSettings
{
    /// <summary>Steps of warm-up.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>Cosine waves (½ by default), or restarts (1 by default).</summary>
    public double? NumCycles { get; init; }

    /// <summary>The polynomial's power.</summary>
    public double Power { get; init; } = 1;

    /// <summary>The polynomial's last learning rate.</summary>
    public double LrEnd { get; init; } = 1e-7;

    /// <summary>The inverse square root's time scale; by default the warm-up, or 10,000 without one.</summary>
    public double? Timescale { get; init; }

    /// <summary>The lowest share of the peak.</summary>
    public double MinLrRate { get; init; }

    /// <summary>The share of the peak that <see cref="Recipes.LearningRateSchedule.CosineWarmupWithMinLr"/> begins with.</summary>
    public double? WarmupLrRate { get; init; }

    /// <summary>Steps on the plateau; by default what warm-up and decay leave.</summary>
    public int? NumStableSteps { get; init; }

    /// <summary>Steps of the decay after the plateau.</summary>
    public int NumDecaySteps { get; init; }

    /// <summary>The shape of the plateau's warm-up.</summary>
    public RampShape WarmupType { get; init; } = RampShape.Linear;

    /// <summary>The shape of the decay after the plateau.</summary>
    public RampShape DecayType { get; init; } = RampShape.Cosine;

    /// <summary>The steps of a warm-up as users write it: below 1 a share of all steps, rounded up; from 1 on truncated.</summary>
    public static int Warmup(double warmup, int totalSteps) => warmup < 1 ? (int)Math.Ceiling(totalSteps * warmup) : (int)warmup;
}
