using System.Text.Json;
using FineTune.Recipes;
using FineTune.Training.Schedules;

namespace FineTune.Tests.Conformance;

/// <summary>Schedules by the names and settings of transformers.</summary>
internal static class ScheduleCase
{
    public static LearningRates Rates(string name, double peak, int warmup, int total, JsonElement settings)
    {
        double? Number(string key) => settings.TryGetProperty(key, out var value) ? value.GetDouble() : null;
        RampShape? Shape(string key) => settings.TryGetProperty(key, out var value)
            ? value.GetString() switch { "linear" => RampShape.Linear, "cosine" => RampShape.Cosine, _ => RampShape.OneMinusSqrt }
            : null;
        var schedule = Enum.Parse<LearningRateSchedule>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        return new LearningRates(schedule, peak, new ScheduleSettings
        {
            TotalSteps = total,
            WarmupSteps = warmup,
            NumCycles = Number("num_cycles"),
            Power = Number("power") ?? 1,
            LrEnd = Number("lr_end") ?? 1e-7,
            Timescale = Number("timescale"),
            MinLrRate = Number("min_lr_rate") ?? Number("min_lr_ratio") ?? Number("min_lr") / peak ?? 0,
            WarmupLrRate = Number("warmup_lr_rate"),
            NumStableSteps = (int?)Number("num_stable_steps"),
            NumDecaySteps = (int?)Number("num_decay_steps") ?? 0,
            WarmupType = Shape("warmup_type") ?? RampShape.Linear,
            DecayType = Shape("decay_type") ?? RampShape.Cosine,
        });
    }
}
