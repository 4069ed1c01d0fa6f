using System.Text.Json;
using FineTune.Facts;

namespace FineTune.Tokenization;

/// <summary>The mistakes that tokenizer files and their use can hold; the codes have pages in docs/diagnostics.</summary>
internal static class TokenizerErrors
{
    public static FineTuneException NotFound(string folder) => new(
        "FT5201",
        "No tokenizer here: expected tokenizer.json, tokenizer.model (SentencePiece), vocab.json with merges.txt, or vocab.txt. "
            + "Copy the tokenizer files of the model into this folder.",
        folder);

    public static FineTuneException Malformed(string file, string problem, Exception? inner = null) => new(
        "FT5202",
        $"The tokenizer file is malformed: {problem}. Download it again, or write it with the library that made it.",
        file,
        inner);

    public static FineTuneException NotJson(string file, JsonException exception) =>
        Malformed(FolderJson.Place(file, exception), FolderJson.Reason(exception), exception);

    public static FineTuneException Unsupported(string file, string what) => new(
        "FT5203",
        $"The tokenizer needs {what}, which is not supported. Use a tokenizer without it, or ask for it with the file attached.",
        file);

    public static FineTuneException Regex(string file, string pattern, Exception inner) => new(
        "FT5204",
        $"The pattern '{Shorten(pattern)}' cannot be used: {inner.Message} Rewrite it in the file without that construct.",
        file,
        inner);

    public static FineTuneException RegexTimeout(string file, string pattern, Exception inner) => new(
        "FT5205",
        $"The pattern '{Shorten(pattern)}' takes too long on this text: it backtracks without end. "
            + "Take the tokenizer from its original source, or rewrite the pattern.",
        file,
        inner);

    public static FineTuneException Truncation(string problem) => new("FT5206", problem);

    public static FineTuneException UnknownSpecialToken(string file, string token) => new(
        "FT5207",
        $"The special token '{token}' is named in the configuration but is not in the vocabulary. "
            + "Correct its name, or add it to the tokenizer's added_tokens.",
        file);

    private static string Shorten(string text) => text.Length <= 120 ? text : string.Concat(text.AsSpan(0, 117), "...");
}
