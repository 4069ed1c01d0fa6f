using FineTune.Recipes;

namespace FineTune.Training.Schedules;

/// <summary>
/// The learning rate of each step, by the formulas of transformers (<c>optimization.py</c>). With warm-up the first step's
/// rate is 0: it moves no weight, but the moments begin.
/// </summary>
internal sealed class LearningRates(LearningRateSchedule schedule, double peak, ScheduleSettings settings)
{
    private readonly int _warmup = settings.WarmupSteps;
    private readonly int _total = settings.TotalSteps;

    /// <summary>The learning rate of a step, from 0.</summary>
    public double At(int step) => peak * Factor(step);

    private double Factor(int step) => schedule switch
    {
        LearningRateSchedule.Constant => 1,
        LearningRateSchedule.ConstantWithWarmup => step < _warmup ? (double)step / Math.Max(1, _warmup) : 1,
        LearningRateSchedule.Linear => Warm(step) ?? Math.Max(0, (double)(_total - step) / Math.Max(1, _total - _warmup)),
        LearningRateSchedule.Cosine => Warm(step) ?? Cosine(step),
        LearningRateSchedule.CosineWithRestarts => Warm(step) ?? Restarts(step),
        LearningRateSchedule.CosineWithMinLr => Warm(step) ?? Cosine(step) * (1 - settings.MinLrRate) + settings.MinLrRate,
        LearningRateSchedule.CosineWarmupWithMinLr => CosineWarmupWithMinLr(step),
        LearningRateSchedule.Polynomial => Warm(step) ?? Polynomial(step),
        LearningRateSchedule.InverseSqrt => InverseSqrt(step),
        LearningRateSchedule.WarmupStableDecay => WarmupStableDecay(step),
        _ => throw new ArgumentOutOfRangeException(nameof(step), schedule, "Unknown schedule."),
    };

    private double? Warm(int step) => step < _warmup ? (double)step / Math.Max(1, _warmup) : null;

    private double Progress(int step) => (double)(step - _warmup) / Math.Max(1, _total - _warmup);

    private double Cosine(int step) => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * (settings.NumCycles ?? 0.5) * 2 * Progress(step))));

    private double Restarts(int step) =>
        Progress(step) is >= 1 ? 0 : Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * ((settings.NumCycles ?? 1) * Progress(step) % 1))));

    private double CosineWarmupWithMinLr(int step)
    {
        if (step < _warmup)
        {
            return settings.WarmupLrRate is { } first
                ? first + (1 - first) * step / Math.Max(1, _warmup - 1)
                : (step + 1.0) / Math.Max(1, _warmup);
        }

        var progress = (step - _warmup + 1.0) / Math.Max(1, _total - _warmup);
        var factor = 0.5 * (1 + Math.Cos(Math.PI * (settings.NumCycles ?? 0.5) * 2 * progress));
        return Math.Max(0, factor * (1 - settings.MinLrRate) + settings.MinLrRate);
    }

    private double Polynomial(int step)
    {
        if (step > _total)
            return settings.LrEnd / peak;
        // The reference divides by zero where warm-up fills the whole run; the rate then stays where warm-up left it.
        if (_total == _warmup)
            return 1;
        var remaining = 1 - (double)(step - _warmup) / (_total - _warmup);
        return ((peak - settings.LrEnd) * Math.Pow(remaining, settings.Power) + settings.LrEnd) / peak;
    }

    private double InverseSqrt(int step)
    {
        var timescale = settings.Timescale ?? (_warmup > 0 ? _warmup : 10_000);
        return Warm(step) ?? 1 / Math.Sqrt((step + (timescale - _warmup)) / timescale);
    }

    private double WarmupStableDecay(int step)
    {
        var decay = settings.NumDecaySteps;
        var stable = settings.NumStableSteps ?? _total - _warmup - decay;
        if (step < _warmup)
            return Between(Rise((double)step / Math.Max(1, _warmup)));
        if (step < _warmup + stable)
            return 1;
        if (step < _warmup + stable + decay)
            return Between(Fall((double)(step - _warmup - stable) / Math.Max(1, decay)));
        return settings.MinLrRate;
    }

    private double Rise(double progress) => settings.WarmupType switch
    {
        RampShape.Linear => progress,
        RampShape.Cosine => 0.5 * (1 - Math.Cos(Math.PI * progress)),
        _ => 1 - Math.Sqrt(1 - progress),
    };

    private double Fall(double progress) => settings.DecayType switch
    {
        RampShape.Linear => 1 - progress,
        RampShape.Cosine => 0.5 * (1 + Math.Cos(Math.PI * (settings.NumCycles ?? 0.5) * 2 * progress)),
        _ => 1 - Math.Sqrt(progress),
    };

    private double Between(double factor) => Math.Max(0, factor * (1 - settings.MinLrRate) + settings.MinLrRate);
}
