namespace FineTune.Facts;

/// <summary>Modules with a weight of two dimensions that differ by numbers in their paths alone.</summary>
/// <param name="Pattern">Their path; <c>{8}</c> stands for a number below 8, as in <c>model.layers.{8}.self_attn.q_proj</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Rows">The weight's first dimension.</param>
/// <param name="Columns">The weight's second dimension.</param>
/// <param name="IsEmbedding">Whether their name is that of an embedding.</param>
internal sealed record LinearFacts(string Pattern, int Count, long Rows, long Columns, bool IsEmbedding)
{
    /// <summary>The last part of the path, by which targets mostly name them.</summary>
    public string Name => Pattern.Substring(Pattern.LastIndexOf('.') + 1);

    /// <summary>Whether a target means some of them as PEFT matches: it is a path, or the end of one after a dot.</summary>
    public bool IsMeantBy(string target)
    {
        var (wanted, parts) = (target.Split('.'), Pattern.Split('.'));
        return wanted.Length <= parts.Length
            && wanted.Zip(parts.Skip(parts.Length - wanted.Length), (part, pattern) => (part, pattern)).All(pair => Matches(pair.part, pair.pattern));
    }

    private static bool Matches(string part, string pattern) =>
        part == pattern
        || (pattern.Length > 2 && pattern[0] == '{' && part.Length > 0 && part.All(character => character is >= '0' and <= '9')
            && FactFields.Number(part) < FactFields.Number(pattern.Substring(1, pattern.Length - 2)));
}
