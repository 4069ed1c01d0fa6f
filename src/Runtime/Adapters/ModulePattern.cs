using System.Text.RegularExpressions;

namespace FineTune.Adapters;

/// <summary>A regular expression over module paths, as PEFT uses them.</summary>
internal sealed class ModulePattern
{
    // A pattern may come with a foreign adapter: it must not take for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;
    private readonly string _pattern;
    private readonly string _place;

    private ModulePattern(string pattern, string expression, string place)
    {
        (_pattern, _place) = (pattern, place);
        try
        {
            _regex = new Regex(expression, RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException exception)
        {
            throw new FineTuneException("FT5210", $"'{pattern}' is no regular expression: {exception.Message}", place, exception);
        }
    }

    /// <summary>A pattern that a whole path must match: Python's <c>re.fullmatch</c>.</summary>
    /// <exception cref="FineTuneException">FT5210: it is no regular expression.</exception>
    public static ModulePattern OfPath(string pattern, string place) => new(pattern, $@"\A(?:{pattern})\z", place);

    /// <summary>A pattern that a path, or its end after a dot, must match: <c>^(.*\.)?(pattern)$</c>.</summary>
    /// <exception cref="FineTuneException">FT5210: it is no regular expression.</exception>
    public static ModulePattern OfEnd(string pattern, string place) => new(pattern, $@"^(?:.*\.)?(?:{pattern})$", place);

    /// <summary>A pattern that finds the index of a path's block as its first group.</summary>
    public static ModulePattern OfLayer(string expression, string place) => new(expression, expression, place);

    /// <summary>Whether a path matches.</summary>
    public bool Matches(string path) => Match(path).Success;

    /// <summary>The number in the first group of the match; null if the path does not match.</summary>
    public int? Number(string path) => Match(path) is { Success: true } match && int.TryParse(match.Groups[1].Value, out var number) ? number : null;

    private Match Match(string path)
    {
        try
        {
            return _regex.Match(path);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new FineTuneException("FT5210", $"The regular expression '{_pattern}' takes too long on '{path}'.", _place, exception);
        }
    }
}
