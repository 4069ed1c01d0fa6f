namespace FineTune.Tokenization;

/// <summary>
/// Decodes token by token. What later tokens may still change, such as the first bytes of a character, is held back, so
/// that the pieces together equal the text of all tokens.
/// </summary>
public sealed class IncrementalDecoder
{
    private const char Replacement = '\uFFFD';

    private readonly Tokenizer _tokenizer;
    private readonly bool _skipSpecialTokens;
    private readonly List<int> _ids = [];
    private string _shown = "";
    private int _shownCount;

    internal IncrementalDecoder(Tokenizer tokenizer, bool skipSpecialTokens)
    {
        _tokenizer = tokenizer;
        _skipSpecialTokens = skipSpecialTokens;
    }

    /// <summary>Takes the next token; returns the text that is certain now, often empty.</summary>
    public string Add(int id)
    {
        _ids.Add(id);
        var text = _tokenizer.Decode(_ids, _skipSpecialTokens);
        if (text.Length <= _shown.Length || text[^1] == Replacement)
            return "";
        var added = text[_shown.Length..];

        // The tokens shown last stay as context: decoders treat the first token otherwise than those after it.
        _ids.RemoveRange(0, _shownCount);
        _shown = _tokenizer.Decode(_ids, _skipSpecialTokens);
        _shownCount = _ids.Count;
        return added;
    }

    /// <summary>Ends the text; returns what was held back.</summary>
    public string Complete()
    {
        var text = _tokenizer.Decode(_ids, _skipSpecialTokens);
        var rest = text.Length > _shown.Length ? text[_shown.Length..] : "";
        _ids.Clear();
        (_shown, _shownCount) = ("", 0);
        return rest;
    }
}
