using System.Text.Json;

namespace FineTune.Tokenization.Models;

/// <summary>A token for every word of the vocabulary, and one for all others.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, string unknownToken, string file) : ITokenModel
{
    public Vocabulary Vocabulary { get; } = vocabulary;

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        if (!Vocabulary.TryGetId(piece, out var id) && !Vocabulary.TryGetId(unknownToken, out id))
            throw TokenizerErrors.Malformed(file, $"the unknown token '{unknownToken}' is not in the vocabulary");
        tokens.Add(new Token(id, 0, piece.Length));
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "WordLevel");
        Vocabulary.Write(writer);
        writer.WriteString("unk_token", unknownToken);
        writer.WriteEndObject();
    }
}
