using System.Text.Json;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Evaluation;

/// <summary>Compares numbers within the tolerance that a file states; <c>null</c> stands for NaN.</summary>
internal sealed class MetricCheck(ConformanceCheck check, JsonElement document)
{
    private readonly double _relative = Tolerance(document, "rtol");
    private readonly double _absolute = Tolerance(document, "atol");

    public ConformanceCheck Exact => check;

    public void Close(string what, JsonElement expected, double got) => check.Close(what, Number(expected), got, _absolute, _relative);

    public void Close(string what, JsonElement expected, params ReadOnlySpan<double> got) =>
        check.Close(what, [.. expected.EnumerateArray().Select(Number)], got, _absolute, _relative);

    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();

    private static double Tolerance(JsonElement document, string key) =>
        document.TryGetProperty("tolerance", out var tolerance) ? tolerance.GetProperty(key).GetDouble() : 0;
}
