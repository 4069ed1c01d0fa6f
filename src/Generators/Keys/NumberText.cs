using System.Globalization;

namespace FineTune.Keys;

/// <summary>Numbers as recipes write them: one text for each value, in every culture, that reads back to the same bits.</summary>
internal static class NumberText
{
    private const NumberStyles IntegerStyle = NumberStyles.AllowLeadingSign;
    private const NumberStyles NumberStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static string Write(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Up to five places as a decimal, smaller ones as in <c>2e-5</c>.</summary>
    public static string Write(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        return parts.Length == 1 ? parts[0] : parts[0] + "e" + Write(int.Parse(parts[1], IntegerStyle, CultureInfo.InvariantCulture));
    }

    public static bool TryRead(string text, out int value) => int.TryParse(text, IntegerStyle, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a finite number.</summary>
    public static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyle, CultureInfo.InvariantCulture, out value) && !double.IsNaN(value) && !double.IsInfinity(value);
}
