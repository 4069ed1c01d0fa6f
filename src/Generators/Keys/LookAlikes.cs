namespace FineTune.Keys;

/// <summary>Characters that look like those of YAML and C#, as word processors, web pages and input methods write them.</summary>
internal static class LookAlikes
{
    private const string Quote = "a straight quote";

    private static readonly (char Character, string Name, string Meant)[] Known =
    [
        ('\u00a0', "a no-break space", "a space"), ('\u2007', "a figure space", "a space"), ('\u202f', "a narrow no-break space", "a space"),
        ('\u3000', "an ideographic space", "a space"), ('\u2002', "an en space", "a space"), ('\u2003', "an em space", "a space"),
        ('\u200b', "a zero-width space", "nothing"), ('\u200c', "a zero-width non-joiner", "nothing"), ('\u200d', "a zero-width joiner", "nothing"),
        ('\u2060', "a word joiner", "nothing"), ('\ufeff', "a byte order mark", "nothing"), ('\u00ad', "a soft hyphen", "nothing"),
        ('\uff1a', "a full-width colon", "':'"), ('\ufe55', "a small colon", "':'"), ('\uff0c', "a full-width comma", "','"),
        ('\u3001', "an ideographic comma", "','"), ('\uff3b', "a full-width bracket", "'['"), ('\uff3d', "a full-width bracket", "']'"),
        ('\uff5b', "a full-width brace", "'{'"), ('\uff5d', "a full-width brace", "'}'"), ('\uff5c', "a full-width bar", "'|'"),
        ('\u201c', "a typographic quote", Quote), ('\u201d', "a typographic quote", Quote), ('\u201e', "a typographic quote", Quote),
        ('\u00ab', "a typographic quote", Quote), ('\u00bb', "a typographic quote", Quote), ('\uff02', "a full-width quote", Quote),
        ('\u2018', "a typographic quote", Quote), ('\u2019', "a typographic quote", Quote),
        ('\u2010', "a typographic hyphen", "'-'"), ('\u2011', "a no-break hyphen", "'-'"), ('\u2012', "a figure dash", "'-'"),
        ('\u2013', "an en dash", "'-'"), ('\u2014', "an em dash", "'-'"), ('\u2212', "a minus sign", "'-'"), ('\uff0d', "a full-width hyphen", "'-'"),
        ('\uff3f', "a full-width underscore", "'_'"), ('\uff0e', "a full-width full stop", "'.'"),
    ];

    /// <summary>The place of the first such character, or -1.</summary>
    public static int IndexIn(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > '~' && IsLookAlike(text[i]))
                return i;
        }

        return -1;
    }

    /// <summary>The mistake of a name or a number with such a character in it, or <see langword="null"/>.</summary>
    public static KeyProblem? Explain(string text) => IndexIn(text) is >= 0 and var index ? Explain(text[index]) : null;

    /// <summary>The mistake of such a character.</summary>
    public static KeyProblem Explain(char character)
    {
        var (name, meant) = character switch
        {
            >= '\uff10' and <= '\uff19' => ("a full-width digit", $"'{(char)(character - '\uff10' + '0')}'"),
            >= '\uff21' and <= '\uff3a' => ("a full-width letter", $"'{(char)(character - '\uff21' + 'A')}'"),
            >= '\uff41' and <= '\uff5a' => ("a full-width letter", $"'{(char)(character - '\uff41' + 'a')}'"),
            _ => Known.Where(known => known.Character == character).Select(known => (known.Name, known.Meant)).First(),
        };
        var fix = meant == "nothing" ? "remove it" : $"write {meant}";
        return new(KeyCodes.LookAlike, $"U+{(int)character:X4}, {name}, only looks right here; {fix}.");
    }

    private static bool IsLookAlike(char character) =>
        character is (>= '\uff10' and <= '\uff19') or (>= '\uff21' and <= '\uff3a') or (>= '\uff41' and <= '\uff5a')
        || Known.Any(known => known.Character == character);
}
