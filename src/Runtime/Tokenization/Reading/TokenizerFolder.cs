namespace FineTune.Tokenization.Reading;

/// <summary>Finds the tokenizer of a model folder.</summary>
internal static class TokenizerFolder
{
    public const string TokenizerFile = "tokenizer.json";

    public static TokenizerDefinition Read(string folder, TokenizerConfig config)
    {
        var path = Path.Combine(folder, TokenizerFile);
        if (File.Exists(path))
            return TokenizerJson.Read(path);
        throw TokenizerErrors.NotFound(folder);
    }
}
