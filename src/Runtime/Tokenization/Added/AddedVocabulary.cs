using FineTune.Tokenization.Normalizers;

namespace FineTune.Tokenization.Added;

/// <summary>The added tokens of a tokenizer, and the sections that they cut a text into.</summary>
internal sealed class AddedVocabulary
{
    private readonly AddedTokenMatcher _raw;
    private readonly AddedTokenMatcher _normalized;
    private readonly Dictionary<int, AddedToken> _byId;
    private readonly Dictionary<string, AddedToken> _byContent;
    private readonly Dictionary<int, string> _decoded = [];

    public AddedVocabulary(IReadOnlyList<AddedToken> tokens, INormalizer? normalizer)
    {
        Tokens = tokens;
        // Special tokens come first: of two with the same text the special one is found.
        var ordered = tokens.OrderByDescending(token => token.Special).ToList();
        _raw = new AddedTokenMatcher(ordered.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        foreach (var token in tokens)
            _decoded[token.Id] = token.Normalized && normalizer is not null ? normalizer.Normalize(new NormalizedText(token.Content)).Text : token.Content;
        _normalized = new AddedTokenMatcher(ordered.Where(token => token.Normalized).Select(token => (_decoded[token.Id], token)));
        _byId = [];
        _byContent = [];
        foreach (var token in tokens)
        {
            _byId[token.Id] = token;
            _byContent[token.Content] = token;
        }
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<AddedToken> Tokens { get; }

    public bool TryGet(int id, out AddedToken token) => _byId.TryGetValue(id, out token!);

    public bool TryGet(string content, out AddedToken token) => _byContent.TryGetValue(content, out token!);

    /// <summary>What an added token decodes to: the text that was searched for it, as in the reference.</summary>
    public bool TryGetDecoded(int id, out string text) => _decoded.TryGetValue(id, out text!);

    /// <summary>Whether a decoded token is left out with the special tokens; the reference compares texts, not ids.</summary>
    public bool IsSpecial(string text) => _byContent.TryGetValue(text, out var token) && token.Special;

    /// <summary>Whether a text holds none, so that it is one section (only without a normalizer that changes it).</summary>
    public bool OccursNowhereIn(ReadOnlySpan<char> text) => !_raw.MayOccurIn(text) && !_normalized.MayOccurIn(text);

    /// <summary>
    /// Cuts a text at its added tokens: those that are not normalized in the raw text, then the normalizer section by
    /// section, then the others in the normalized text. Empty sections are left out.
    /// </summary>
    public List<(NormalizedText Text, AddedToken? Token)> Split(NormalizedText text, INormalizer? normalizer)
    {
        var sections = new List<(NormalizedText, AddedToken?)>();
        foreach (var (section, token) in Cut(text, _raw))
        {
            if (token is not null)
            {
                sections.Add((section, token));
                continue;
            }

            var normalized = normalizer is null ? section : normalizer.Normalize(section);
            sections.AddRange(Cut(normalized, _normalized));
        }

        return sections;
    }

    private static List<(NormalizedText Text, AddedToken? Token)> Cut(NormalizedText text, AddedTokenMatcher matcher)
    {
        var sections = new List<(NormalizedText, AddedToken?)>();
        var previous = 0;
        foreach (var (start, end, token) in matcher.Find(text.Text))
        {
            if (start > previous)
                sections.Add((text.Slice(previous, start), null));
            sections.Add((text.Slice(start, end), token));
            previous = end;
        }

        if (previous < text.Text.Length)
            sections.Add((text.Slice(previous, text.Text.Length), null));
        return sections;
    }
}
