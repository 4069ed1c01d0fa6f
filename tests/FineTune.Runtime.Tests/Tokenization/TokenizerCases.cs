using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;
using FineTune.Tokenization.Reading;
using FineTune.Tokenization.SentencePiece;

namespace FineTune.Tests.Tokenization;

/// <summary>The files of the conformance area <c>tokenizers</c>.</summary>
internal static class TokenizerCases
{
    public const string Area = "tokenizers";

    private static readonly Lazy<IReadOnlyList<(string Id, string Group, string Text)>> AllTexts = new(() =>
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, "texts.json")));
        return [.. document.RootElement.EnumerateArray().Select(text => (Text(text, "id"), Text(text, "group"), Text(text, "text")))];
    });

    private static readonly Lazy<IReadOnlyDictionary<string, string>> TextsById =
        new(() => AllTexts.Value.ToDictionary(text => text.Id, text => text.Text));

    public static string? Folder { get; } = ConformanceFolder.Vectors is { } vectors && Directory.Exists(Path.Combine(vectors, Area))
        ? Path.Combine(vectors, Area)
        : null;

    /// <summary>texts.json by id.</summary>
    public static IReadOnlyDictionary<string, string> Texts => TextsById.Value;

    /// <summary>The texts with at most so many code points.</summary>
    public static IEnumerable<(string Id, string Group, string Text)> TextsUpTo(int characters) =>
        AllTexts.Value.Where(text => text.Text.EnumerateRunes().Count() <= characters);

    /// <summary>A case file of the area.</summary>
    public static JsonElement Read(string path)
    {
        ConformanceFolder.SkipIfAbsent();
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, path)));
        return document.RootElement.Clone();
    }

    /// <summary>The tokenizer of a case, from its files and, where these are not tokenizer.json, the options in its components.</summary>
    public static Tokenizer Load(JsonElement test)
    {
        var files = test.GetProperty("files").EnumerateArray().Select(file => ConformanceFolder.Resolve(file.GetString()!)).ToList();
        return new Tokenizer(Define(files, test.GetProperty("components")), TokenizerConfig.Create([]));
    }

    private static TokenizerDefinition Define(List<string> files, JsonElement components)
    {
        switch (Path.GetExtension(files[0]))
        {
            case ".txt":
                var bert = components.GetProperty("normalizer");
                bool? stripAccents = bert.GetProperty("strip_accents") is { ValueKind: not JsonValueKind.Null } strip ? strip.GetBoolean() : null;
                return BertFiles.Read(
                    files[0], bert.GetProperty("lowercase").GetBoolean(), stripAccents, bert.GetProperty("handle_chinese_chars").GetBoolean());
            case ".model" when SentencePieceFile.Read(files[0]) is { IsBytePair: true } model:
                var isLegacy = Text(components.GetProperty("pre_tokenizer"), "prepend_scheme") == "always";
                return SentencePieceConversion.ToLlama(model, isLegacy, addsBos: true, addsEos: false);
            case ".model":
                return SentencePieceConversion.ToT5(SentencePieceFile.Read(files[0]), extraIds: 100);
            case ".json" when files.Count == 2:
                var prefixSpace = components.GetProperty("pre_tokenizer").GetProperty("add_prefix_space").GetBoolean();
                return Gpt2Files.Read(files[0], files[1], prefixSpace, TokenizerConfig.Create([]));
            default:
                return TokenizerJson.Read(files[0]);
        }
    }

    /// <summary>The JSON files of a folder of the area, without extension.</summary>
    public static IEnumerable<string> Files(string subfolder, Func<string, bool> where)
    {
        if (Folder is null || !Directory.Exists(Path.Combine(Folder, subfolder)))
            return [];
        return Directory.GetFiles(Path.Combine(Folder, subfolder), "*.json").Where(where)
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);
    }

    /// <summary>The folders of a folder of the area that hold a file.</summary>
    public static IEnumerable<string> Folders(string subfolder, string file)
    {
        if (Folder is null || !Directory.Exists(Path.Combine(Folder, subfolder)))
            return [];
        return Directory.GetDirectories(Path.Combine(Folder, subfolder)).Where(path => File.Exists(Path.Combine(path, file)))
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
    }

    public static string Text(JsonElement element, string key) => element.GetProperty(key).GetString()!;

    public static int[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(number => number.GetInt32())];
}
