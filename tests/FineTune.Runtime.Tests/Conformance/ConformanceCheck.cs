namespace FineTune.Tests.Conformance;

/// <summary>Collects the comparisons of one case: the largest error relative to its tolerance, and what went wrong.</summary>
internal sealed class ConformanceCheck
{
    private readonly List<string> _failures = [];

    /// <summary>The largest error met, in units of its tolerance; exact comparisons count 0 or infinity.</summary>
    public double LargestError { get; private set; }

    public IReadOnlyList<string> Failures => _failures;

    public void Close(string what, double expected, double got, double absolute, double relative)
    {
        var allowed = absolute + relative * Math.Abs(expected);
        var error = Math.Abs(got - expected);
        var ratio = error == 0 ? 0 : allowed > 0 ? error / allowed : double.PositiveInfinity;
        if (double.IsNaN(expected) && double.IsNaN(got))
            ratio = 0;
        Record(what, double.IsNaN(ratio) ? double.PositiveInfinity : ratio, () => $"expected {expected:R}, got {got:R}");
    }

    public void Close(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> got, double absolute, double relative)
    {
        if (expected.Length != got.Length)
        {
            Fail($"{what}: expected {expected.Length} numbers, got {got.Length}");
            return;
        }

        var worst = 0;
        var worstRatio = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Abs(got[i] - expected[i]);
            var allowed = absolute + relative * Math.Abs(expected[i]);
            var ratio = error == 0 || (double.IsNaN(expected[i]) && double.IsNaN(got[i])) ? 0 : allowed > 0 ? error / allowed : double.PositiveInfinity;
            if (double.IsNaN(ratio))
                ratio = double.PositiveInfinity;
            if (ratio > worstRatio)
                (worst, worstRatio) = (i, ratio);
        }

        var (index, wanted, found) = expected.Length == 0 ? (0, 0, 0) : (worst, expected[worst], got[worst]);
        Record(what, worstRatio, () => $"at {index} expected {wanted:R}, got {found:R}");
    }

    public void Equal<T>(string what, T expected, T got)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, got))
            Fail($"{what}: expected {expected}, got {got}");
    }

    public void SequenceEqual<T>(string what, IEnumerable<T> expected, IEnumerable<T> got)
    {
        var (wanted, found) = (expected.ToList(), got.ToList());
        var at = Enumerable.Range(0, Math.Max(wanted.Count, found.Count))
            .FirstOrDefault(i => i >= wanted.Count || i >= found.Count || !EqualityComparer<T>.Default.Equals(wanted[i], found[i]), -1);
        if (at >= 0)
        {
            Fail($"{what}: differs at {at} of {wanted.Count} (got {found.Count}): expected "
                + $"[{string.Join(", ", wanted.Skip(Math.Max(0, at - 2)).Take(8))}], got [{string.Join(", ", found.Skip(Math.Max(0, at - 2)).Take(8))}]");
        }
    }

    public void Fail(string message)
    {
        LargestError = double.PositiveInfinity;
        _failures.Add(message);
    }

    private void Record(string what, double ratio, Func<string> describe)
    {
        LargestError = Math.Max(LargestError, ratio);
        if (ratio > 1)
            _failures.Add($"{what}: {ratio:G3} tolerances off; {describe()}");
    }
}
