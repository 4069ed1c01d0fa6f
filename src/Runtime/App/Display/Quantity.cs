using System.Globalization;

namespace FineTune.App.Display;

/// <summary>Numbers as people read them; the same on every machine, whatever its culture.</summary>
internal static class Quantity
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three significant digits and a unit of 1000: <c>5.81 M</c>.</summary>
    public static string Short(double value)
    {
        var (scaled, unit) = value switch
        {
            >= 999.5e9 => (value / 1e12, " T"),
            >= 999.5e6 => (value / 1e9, " G"),
            >= 999.5e3 => (value / 1e6, " M"),
            >= 10_000 => (value / 1e3, " k"),
            _ => (value, ""),
        };
        return unit.Length == 0 ? scaled.ToString("N0", CultureInfo.InvariantCulture) : Significant(scaled) + unit;
    }

    /// <summary>Bytes in units of 1024: <c>11.3 MiB</c>.</summary>
    public static string Bytes(long value)
    {
        var (scaled, unit) = ((double)value, 0);
        while (scaled >= 999.5 && unit < 4)
            (scaled, unit) = (scaled / 1024, unit + 1);
        return unit == 0 ? $"{value} B" : $"{Significant(scaled)} {"KMGT"[unit - 1]}iB";
    }

    /// <summary>A time span to the second: <c>2h 05m</c>, <c>1m 07s</c>, <c>9s</c>.</summary>
    public static string Duration(TimeSpan value)
    {
        var seconds = (long)Math.Round(Math.Max(0, value.TotalSeconds));
        return seconds switch
        {
            >= 86_400 => Invariant($"{seconds / 86_400}d {seconds / 3600 % 24:00}h"),
            >= 3600 => Invariant($"{seconds / 3600}h {seconds / 60 % 60:00}m"),
            >= 60 => Invariant($"{seconds / 60}m {seconds % 60:00}s"),
            _ => Invariant($"{seconds}s"),
        };
    }

    /// <summary>A loss with four decimals.</summary>
    public static string Loss(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A perplexity with four significant digits, or whole from 1000 on.</summary>
    public static string Perplexity(double value) =>
        value.ToString(value < 9.9995 ? "0.000" : value < 99.995 ? "0.00" : value < 999.95 ? "0.0" : value < 1e7 ? "N0" : "0.00e+0", CultureInfo.InvariantCulture);

    /// <summary>A learning rate with two decimals of its power of ten: <c>1.98e-04</c>.</summary>
    public static string LearningRate(double value) => value == 0 ? "0" : value.ToString("0.00e-00", CultureInfo.InvariantCulture);

    /// <summary>A share in percent; small ones keep two significant digits.</summary>
    public static string Percent(double share) =>
        (100 * share).ToString(share is > 0 and < 0.01 ? "0.0##" : "0.0", CultureInfo.InvariantCulture) + " %";

    private static string Significant(double value) =>
        value.ToString(value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
