using System.Text.Json;

namespace FineTune.Tokenization.Models;

/// <summary>Turns pieces of text into tokens.</summary>
internal interface ITokenModel
{
    Vocabulary Vocabulary { get; }

    /// <summary>Appends the tokens of a piece, with offsets in UTF-16 units of the piece.</summary>
    void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens);

    /// <summary>Writes the section <c>model</c> of a tokenizer file.</summary>
    void Write(Utf8JsonWriter writer);
}
