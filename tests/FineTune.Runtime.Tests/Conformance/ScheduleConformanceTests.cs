using FineTune.Training.Schedules;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/training/schedules.json: the learning rate of every step.</summary>
public sealed class ScheduleConformanceTests(ConformanceReport report)
{
    private const string Path = "training/schedules.json";

    public static TheoryData<string?> Cases => ListFile.Ids(Path);

    [Theory, MemberData(nameof(Cases))]
    public void Schedule(string? id)
    {
        var json = ListFile.Case(Path, id);
        ConformanceRun.Check(report, "training", $"schedules/{id}", [], check =>
        {
            var total = json.GetProperty("total_steps").GetInt32();
            var warmup = ScheduleSettings.Warmup(json.GetProperty("warmup").GetDouble(), total);
            check.Equal("warmup_steps", json.GetProperty("warmup_steps").GetInt32(), warmup);
            var rates = ScheduleCase.Rates(json.GetProperty("schedule").GetString()!, json.GetProperty("learning_rate").GetDouble(), warmup, total, json.GetProperty("settings"));
            var expected = json.GetProperty("learning_rates").EnumerateArray().Concat(json.GetProperty("beyond").EnumerateArray()).Select(rate => rate.GetDouble()).ToArray();
            check.Close("learning_rates", expected, [.. Enumerable.Range(0, expected.Length).Select(rates.At)], 1e-20, 1e-12);
        });
    }

    [Fact]
    public void Warmup_shares_are_rounded_up_in_doubles()
    {
        Assert.Equal(8, ScheduleSettings.Warmup(0.07, 100));
        Assert.Equal(0, ScheduleSettings.Warmup(0, 100));
        Assert.Equal(3, ScheduleSettings.Warmup(3.9, 100));
    }
}
