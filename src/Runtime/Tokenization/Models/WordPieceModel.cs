using System.Text.Json;

namespace FineTune.Tokenization.Models;

/// <summary>BERT's model: the longest token of the vocabulary, again and again; a word that does not work out is unknown as a whole.</summary>
internal sealed class WordPieceModel : ITokenModel
{
    private readonly string _unknownToken;
    private readonly string _prefix;
    private readonly int _maxCharacters;
    private readonly string _file;

    /// <param name="vocabulary">Every token.</param>
    /// <param name="unknownToken">Stands for words that cannot be written in tokens.</param>
    /// <param name="prefix">What tokens inside a word begin with.</param>
    /// <param name="maxCharacters">Words with more characters are unknown.</param>
    /// <param name="file">The file that messages name.</param>
    public WordPieceModel(Vocabulary vocabulary, string unknownToken, string prefix, int maxCharacters, string file)
    {
        Vocabulary = vocabulary;
        _unknownToken = unknownToken;
        _prefix = prefix;
        _maxCharacters = maxCharacters;
        _file = file;
    }

    public Vocabulary Vocabulary { get; }

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        var count = tokens.Count;
        if (CountCharacters(piece) <= _maxCharacters && TryTokenize(piece, tokens))
            return;
        tokens.RemoveRange(count, tokens.Count - count);
        if (!Vocabulary.TryGetId(_unknownToken, out var unknown))
            throw TokenizerErrors.Malformed(_file, $"the unknown token '{_unknownToken}' is not in the vocabulary");
        tokens.Add(new Token(unknown, 0, piece.Length));
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "WordPiece");
        writer.WriteString("unk_token", _unknownToken);
        writer.WriteString("continuing_subword_prefix", _prefix);
        writer.WriteNumber("max_input_chars_per_word", _maxCharacters);
        Vocabulary.Write(writer);
        writer.WriteEndObject();
    }

    private bool TryTokenize(ReadOnlySpan<char> word, List<Token> tokens)
    {
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            var id = -1;
            for (; end > start; end -= CharacterWidthBefore(word, end))
            {
                var found = start == 0
                    ? Vocabulary.TryGetId(word[start..end], out id)
                    : Vocabulary.TryGetId(string.Concat(_prefix, word[start..end]), out id);
                if (found)
                    break;
            }

            if (end <= start)
                return false;
            tokens.Add(new Token(id, start, end));
            start = end;
        }

        return true;
    }

    private static int CountCharacters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    private static int CharacterWidthBefore(ReadOnlySpan<char> text, int end) =>
        end >= 2 && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2]) ? 2 : 1;
}
