using System.Globalization;

namespace FineTune.Facts;

/// <summary>The numbers of fact files. A field that is none counts as absent.</summary>
internal static class FactFields
{
    public static string Write(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static long? Number(string field) =>
        long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A field of a line that may be too short.</summary>
    public static string At(string[] fields, int index) => index < fields.Length ? fields[index] : "";
}
