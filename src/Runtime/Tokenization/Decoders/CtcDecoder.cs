namespace FineTune.Tokenization.Decoders;

/// <summary>Connectionist temporal classification: repetitions become one, padding vanishes.</summary>
internal sealed class CtcDecoder(string padToken, string wordDelimiter, bool cleanUp) : ITokenDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens)
    {
        var result = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i] == tokens[i - 1])
                continue;
            var text = padToken.Length == 0 ? tokens[i] : tokens[i].Replace(padToken, "", StringComparison.Ordinal);
            if (cleanUp)
                text = WordPieceDecoder.CleanUp(text).Replace(wordDelimiter, " ", StringComparison.Ordinal);
            if (text.Length > 0)
                result.Add(text);
        }

        return result;
    }
}
