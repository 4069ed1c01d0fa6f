using System.Globalization;

namespace FineTune.Keys;

/// <summary>Tells what was meant by a scalar that is no number or boolean: the ways in which other formats write them.</summary>
internal static class ScalarForms
{
    // YAML 1.1 reads these as booleans, and so do the tools that people come from.
    private static readonly string[] Affirmative = ["yes", "on", "y", "true", "1"];
    private static readonly string[] Negative = ["no", "off", "n", "false", "0"];

    private static readonly (string Suffix, double Factor)[] Units =
    [
        ("%", 0.01), ("k", 1e3), ("m", 1e6), ("b", 1e9), ("g", 1e9), ("ki", 1024), ("epochs", 1), ("epoch", 1), ("steps", 1), ("step", 1), ("tokens", 1),
        ("rows", 1), ("samples", 1), ("f", 1), ("d", 1), ("l", 1),
    ];

    /// <summary>The mistake of a text in place of a boolean.</summary>
    public static KeyProblem Boolean(Key key, string text)
    {
        var lower = text.ToLowerInvariant();
        var meant = Affirmative.Contains(lower) ? "true" : Negative.Contains(lower) ? "false" : null;
        return meant is null
            ? KeyParser.Wrong(key, KeyText.Quote(text))
            : new(KeyCodes.OtherBoolean, $"{KeyText.Name(key, KeySurface.Yaml)} is {KeyText.Quote(text)}; booleans are written true and false: write {meant}.");
    }

    /// <summary>The mistake of a text in place of a number.</summary>
    public static KeyProblem Number(Key key, string text)
    {
        var name = KeyText.Name(key, KeySurface.Yaml);
        if (LookAlikes.Explain(text) is { } lookAlike)
            return lookAlike;
        if (IsNotFinite(text))
            return new(KeyCodes.NotFinite, $"{name} must be a finite number, but is {KeyText.Quote(text)}; {Without(key)}.");
        if (OtherForm(text) is { } value)
            return new(KeyCodes.OtherNumberForm, $"{name} is {KeyText.Quote(text)}; numbers are written in decimal, without separators: write {Write(key, value)}.");
        if (WithUnit(text) is { } amount)
            return new(KeyCodes.NumberWithUnit, $"{name} is {KeyText.Quote(text)}; {Unit(key, text)}: write {Write(key, amount)}.");
        return KeyParser.Wrong(key, KeyText.Quote(text));
    }

    /// <summary>The mistake of a number in place of an integer, or of an integer that is too large.</summary>
    public static KeyProblem Integer(Key key, string text)
    {
        if (!NumberText.TryRead(text, out double number))
            return Number(key, text);
        var name = KeyText.Name(key, KeySurface.Yaml);
        if (number is < int.MinValue or > int.MaxValue)
            return new(KeyCodes.TooLargeInteger, $"{name} must be an integer up to {NumberText.Write(int.MaxValue)}, but is {KeyText.Quote(text)}.");
        return number % 1 == 0
            ? new(KeyCodes.NoInteger, $"{name} must be an integer, but is {KeyText.Quote(text)}; write {NumberText.Write((int)number)}.")
            : new(
                KeyCodes.NoInteger,
                $"{name} must be an integer, but is {KeyText.Quote(text)}; write {NumberText.Write((int)Math.Floor(number))} or {NumberText.Write((int)Math.Ceiling(number))}.");
    }

    /// <summary>The number that a decimal text with a leading zero means in YAML 1.1, where that is not the same.</summary>
    public static KeyProblem? LeadingZero(Key key, string text)
    {
        var digits = text.TrimStart('-', '+');
        if (digits.Length < 2 || digits[0] != '0' || !digits.All(character => character is >= '0' and <= '9'))
            return null;
        var plain = digits.TrimStart('0');
        return new(
            KeyCodes.OtherNumberForm,
            $"{KeyText.Name(key, KeySurface.Yaml)} is {KeyText.Quote(text)}, which some readers take for an octal number; write {(plain.Length == 0 ? "0" : plain)}.");
    }

    private static bool IsNotFinite(string text) =>
        text.TrimStart('+', '-', '.').ToLowerInvariant() is "inf" or "infinity" or "nan" or "∞"
        || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsInfinity(number));

    // 0x10, 0o17, 0b11, 1_000, 1,000, 1 000, 1'000, 1,5 and 2E4 with a space.
    private static double? OtherForm(string text)
    {
        var lower = text.ToLowerInvariant();
        foreach (var (prefix, radix) in new[] { ("0x", 16), ("0o", 8), ("0b", 2) })
        {
            if (lower.StartsWith(prefix, StringComparison.Ordinal))
                return FromDigits(lower.Substring(2), radix);
        }

        var digits = lower.Replace("_", "").Replace(" ", "").Replace("'", "");
        var plain = IsGrouped(digits) ? digits.Replace(",", "") : digits.Replace(",", ".");
        return plain != lower && NumberText.TryRead(plain, out double number) ? number : null;
    }

    private static double? FromDigits(string digits, int radix)
    {
        var value = 0.0;
        foreach (var character in digits.Replace("_", ""))
        {
            var digit = character is >= '0' and <= '9' ? character - '0' : character is >= 'a' and <= 'f' ? character - 'a' + 10 : radix;
            if (digit >= radix)
                return null;
            value = (value * radix) + digit;
        }

        return digits.Length == 0 ? null : value;
    }

    private static bool IsGrouped(string text)
    {
        var groups = text.Split(',');
        return groups.Length > 1 && groups[0].Length is > 0 and <= 3 && groups.Skip(1).All(group => group.Split('.')[0].Length == 3);
    }

    private static double? WithUnit(string text)
    {
        var lower = text.ToLowerInvariant();
        foreach (var (suffix, factor) in Units)
        {
            if (lower.EndsWith(suffix, StringComparison.Ordinal) && NumberText.TryRead(lower.Substring(0, lower.Length - suffix.Length).TrimEnd(), out double number))
                return (double)((decimal)Math.Max(-1e15, Math.Min(1e15, number)) * (decimal)factor);
        }

        return null;
    }

    private static string Unit(Key key, string text) =>
        text[text.Length - 1] == '%' ? "a share is a number up to 1" : key.Unit is null ? "numbers have no unit" : $"it counts {key.Unit} already";

    private static string Without(Key key) =>
        key.Default is null && key.Absent is { } absent ? $"leave the key out where you have none ({absent})" : key.Range is { } range ? $"write a number {range.Describe()}" : "write a number";

    private static string Write(Key key, double value) =>
        key.Type == KeyType.Integer && value is >= int.MinValue and <= int.MaxValue ? NumberText.Write((int)Math.Round(value)) : NumberText.Write(value);
}
