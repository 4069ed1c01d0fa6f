namespace FineTune.Keys;

/// <summary>The numbers that a key accepts.</summary>
internal sealed record KeyRange(double Minimum, double Maximum = double.PositiveInfinity)
{
    /// <summary>Whether the minimum itself is out.</summary>
    public bool AboveMinimum { get; init; }

    /// <summary>Whether the maximum itself is out.</summary>
    public bool BelowMaximum { get; init; }

    /// <summary>Every number above <paramref name="minimum"/>.</summary>
    public static KeyRange Above(double minimum) => new(minimum) { AboveMinimum = true };

    /// <summary>Every number from <paramref name="minimum"/> on.</summary>
    public static KeyRange AtLeast(double minimum) => new(minimum);

    public bool Contains(double value) =>
        (AboveMinimum ? value > Minimum : value >= Minimum) && (BelowMaximum ? value < Maximum : value <= Maximum);

    /// <summary>Such as <c>at least 1</c> or <c>from 0 to below 1</c>.</summary>
    public string Describe()
    {
        var minimum = NumberText.Write(Minimum);
        if (double.IsPositiveInfinity(Maximum))
            return AboveMinimum ? "above " + minimum : "at least " + minimum;
        var maximum = (BelowMaximum ? "below " : AboveMinimum ? "at most " : "") + NumberText.Write(Maximum);
        return AboveMinimum ? $"above {minimum} and {maximum}" : $"from {minimum} to {maximum}";
    }
}
