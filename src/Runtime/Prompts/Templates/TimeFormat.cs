using System.Globalization;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>C's <c>strftime</c> with English names, as Python has it on Linux.</summary>
internal static class TimeFormat
{
    public static string Format(DateTime time, string format)
    {
        TemplateBudget.Text(format.Length * 16L);
        var output = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                output.Append(format[i]);
                continue;
            }

            var flag = format[i + 1] is '-' or '_' or '0' or '^' or '#' && i + 2 < format.Length ? format[++i] : '\0';
            var start = ++i;
            while (i + 1 < format.Length && char.IsAsciiDigit(format[i]))
                i++;
            var width = int.TryParse(format.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
            TemplateBudget.Text(width);
            var text = One(time, format[i]);
            output.Append(text is null
                ? $"%{(flag == '\0' ? "" : flag)}{format.AsSpan(start, i - start)}{format[i]}"
                : Widen(Apply(text, flag), width, flag));
        }

        return output.ToString();
    }

    // What begins with a digit is filled with zeros.
    private static string Widen(string text, int width, char flag) =>
        text.PadLeft(width, flag != '_' && text.Length > 0 && char.IsAsciiDigit(text[0]) ? '0' : ' ');

    private static string Apply(string text, char flag) => flag switch
    {
        '-' when text.Length > 0 && char.IsAsciiDigit(text[0]) => text.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0",
        '_' when text.Length > 0 && char.IsAsciiDigit(text[0]) => text.TrimStart('0').PadLeft(text.Length),
        '^' => text.ToUpperInvariant(),
        _ => text,
    };

    private static string? One(DateTime time, char code)
    {
        var culture = CultureInfo.InvariantCulture;
        return code switch
        {
            'a' => time.ToString("ddd", culture),
            'A' => time.ToString("dddd", culture),
            'b' or 'h' => time.ToString("MMM", culture),
            'B' => time.ToString("MMMM", culture),
            'c' => time.ToString("ddd MMM ", culture) + time.Day.ToString(culture).PadLeft(2) + time.ToString(" HH:mm:ss yyyy", culture),
            'C' => (time.Year / 100).ToString("00", culture),
            'd' => time.ToString("dd", culture),
            'D' or 'x' => time.ToString("MM'/'dd'/'yy", culture),
            'e' => time.Day.ToString(culture).PadLeft(2),
            'f' => (time.Ticks % TimeSpan.TicksPerSecond / 10).ToString("000000", culture),
            'F' => time.ToString("yyyy'-'MM'-'dd", culture),
            'g' => (ISOWeek.GetYear(time) % 100).ToString("00", culture),
            'G' => ISOWeek.GetYear(time).ToString(culture),
            'H' => time.ToString("HH", culture),
            'I' => time.ToString("hh", culture),
            'j' => time.DayOfYear.ToString("000", culture),
            'k' => time.Hour.ToString(culture).PadLeft(2),
            'l' => time.ToString("%h", culture).PadLeft(2),
            'm' => time.ToString("MM", culture),
            'M' => time.ToString("mm", culture),
            'n' => "\n",
            'p' => time.Hour < 12 ? "AM" : "PM",
            'P' => time.Hour < 12 ? "am" : "pm",
            'r' => time.ToString("hh:mm:ss ", culture) + (time.Hour < 12 ? "AM" : "PM"),
            'R' => time.ToString("HH:mm", culture),
            's' => new DateTimeOffset(time).ToUnixTimeSeconds().ToString(culture),
            'S' => time.ToString("ss", culture),
            't' => "\t",
            'T' or 'X' => time.ToString("HH:mm:ss", culture),
            'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(culture),
            'U' => ((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7).ToString("00", culture),
            'V' => ISOWeek.GetWeekOfYear(time).ToString("00", culture),
            'w' => ((int)time.DayOfWeek).ToString(culture),
            'W' => ((time.DayOfYear + 6 - ((int)time.DayOfWeek + 6) % 7) / 7).ToString("00", culture),
            'y' => time.ToString("yy", culture),
            'Y' => time.Year.ToString(culture),
            // A time without a zone has neither name nor offset.
            'z' or 'Z' => "",
            '%' => "%",
            _ => null,
        };
    }
}
