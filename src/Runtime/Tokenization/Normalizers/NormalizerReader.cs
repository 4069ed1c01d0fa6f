using System.Text;
using FineTune.Tokenization.Patterns;
using FineTune.Tokenization.Reading;

namespace FineTune.Tokenization.Normalizers;

/// <summary>Reads the section <c>normalizer</c> of a tokenizer file.</summary>
internal static class NormalizerReader
{
    public static INormalizer Read(FileNode node) => node.Type switch
    {
        "Sequence" => new SequenceNormalizer([.. node.Children("normalizers").Select(Read)]),
        "NFC" => new UnicodeNormalizer(NormalizationForm.FormC),
        "NFD" => new UnicodeNormalizer(NormalizationForm.FormD),
        "NFKC" => new UnicodeNormalizer(NormalizationForm.FormKC),
        "NFKD" => new UnicodeNormalizer(NormalizationForm.FormKD),
        "Lowercase" => new LowercaseNormalizer(),
        "Strip" => new StripNormalizer(node.Flag("strip_left", true), node.Flag("strip_right", true)),
        "StripAccents" => new StripAccentsNormalizer(),
        "Prepend" => new PrependNormalizer(node.Text("prepend")),
        "Replace" => Replace(node),
        "Nmt" => new NmtNormalizer(),
        "ByteLevel" => new ByteLevelNormalizer(),
        "BertNormalizer" => Bert(node),
        "Precompiled" => Precompiled(node),
        _ => throw node.Unsupported("the normalizer"),
    };

    private static INormalizer Replace(FileNode node)
    {
        var content = node.Text("content");
        if (node.Child("pattern")?.OptionalText("String") is [var from] && content is [var to] && !char.IsSurrogate(from) && !char.IsSurrogate(to))
            return new ReplaceCharacterNormalizer(from, to);
        return new ReplaceNormalizer(PatternReader.Read(node), content);
    }

    private static BertNormalizer Bert(FileNode node)
    {
        var lowercase = node.Flag("lowercase", true);
        return new BertNormalizer(
            node.Flag("clean_text", true), node.Flag("handle_chinese_chars", true), node.Flag("strip_accents", lowercase), lowercase);
    }

    private static INormalizer Precompiled(FileNode node)
    {
        // Some files have an empty map, which changes nothing.
        if (node.OptionalText("precompiled_charsmap") is not { Length: > 0 } text)
            return new SequenceNormalizer([]);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? new PrecompiledNormalizer(new CharacterMap(bytes.AsSpan(0, count), node.File))
            : throw TokenizerErrors.Malformed(node.File, $"{node.Path}.precompiled_charsmap must be base64");
    }
}
