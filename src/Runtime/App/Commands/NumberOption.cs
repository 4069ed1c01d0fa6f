using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace FineTune.App.Commands;

/// <summary>Ranges of options.</summary>
internal static class NumberOption
{
    public static void AtLeast<T>(Option<T> option, T least)
        where T : struct, INumber<T> => Check<T>(option, value => value >= least, $"at least {Text(least)}");

    public static void AtLeast<T>(Option<T?> option, T least)
        where T : struct, INumber<T> => Check<T>(option, value => value >= least, $"at least {Text(least)}");

    public static void Between<T>(Option<T> option, T least, T most)
        where T : struct, INumber<T> => Check<T>(option, value => value >= least && value <= most, $"between {Text(least)} and {Text(most)}");

    // The token, not the value: asking for a value that cannot be parsed throws instead of adding an error.
    private static void Check<T>(Option option, Func<T, bool> holds, string range)
        where T : struct, INumber<T> => option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (T.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !holds(value))
                    result.AddError($"{option.Name} must be {range}, but is {token.Value}.");
            }
        });

    private static string Text<T>(T value)
        where T : INumber<T> => value.ToString(null, CultureInfo.InvariantCulture);
}
