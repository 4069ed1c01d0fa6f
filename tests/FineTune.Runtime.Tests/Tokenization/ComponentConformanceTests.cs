using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;
using FineTune.Tokenization.Decoders;
using FineTune.Tokenization.Normalizers;
using FineTune.Tokenization.PreTokenizers;
using FineTune.Tokenization.Reading;

namespace FineTune.Tests.Tokenization;

/// <summary>components.json: normalizers, pre-tokenizers and decoders alone.</summary>
public sealed class ComponentConformanceTests(ConformanceReport report)
{
    private const string File = "components.json";

    public static TheoryData<string?> Normalizers => Ids("normalizers");

    public static TheoryData<string?> PreTokenizers => Ids("pre_tokenizers");

    public static TheoryData<string?> Decoders => Ids("decoders");

    [Theory]
    [MemberData(nameof(Normalizers))]
    public void Normalizer(string? id) => Check("normalizers", id, "normalizer", (check, test, node) =>
    {
        var normalizer = NormalizerReader.Read(node);
        var changed = test.GetProperty("changed");
        foreach (var text in TokenizerCases.TextsUpTo(120).Where(text => text.Group != "spaces" && string.CompareOrdinal(text.Id, "t548") <= 0))
        {
            var expected = changed.TryGetProperty(text.Id, out var element) ? element.GetString()! : text.Text;
            check.Equal(text.Id, expected, normalizer.Normalize(new NormalizedText(text.Text)).Text);
        }
    });

    [Theory]
    [MemberData(nameof(PreTokenizers))]
    public void PreTokenizer(string? id) => Check("pre_tokenizers", id, "pre_tokenizer", (check, test, node) =>
    {
        var preTokenizer = PreTokenizerReader.Read(node);
        foreach (var pieces in test.GetProperty("pieces").EnumerateObject())
        {
            var text = TokenizerCases.Texts[pieces.Name];
            var got = preTokenizer.Split(new NormalizedText(text)).Where(piece => !piece.IsEmpty)
                .Select(piece => (piece.Text, Characters(text, piece.Original(0, piece.Text.Length))));
            check.SequenceEqual(
                pieces.Name, pieces.Value.EnumerateArray().Select(piece => (piece[0].GetString()!, (piece[1].GetInt32(), piece[2].GetInt32()))), got);
        }
    });

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Decoder(string? id) => Check("decoders", id, "decoder", (check, test, node) =>
    {
        var decoder = DecoderReader.Read(node);
        foreach (var example in test.GetProperty("cases").EnumerateArray())
        {
            var tokens = example.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!).ToList();
            var text = string.Concat(decoder.Decode(tokens));
            // Where the reference crashes, any result will do.
            if (example.TryGetProperty("text", out var expected))
                check.Equal(string.Join('|', tokens), expected.GetString(), text);
        }
    });

    private static TheoryData<string?> Ids(string kind) => CaseRows.Of(
        TokenizerCases.Folder is { } folder && System.IO.File.Exists(Path.Combine(folder, File))
            ? TokenizerCases.Read(File).GetProperty(kind).EnumerateArray().Select(test => TokenizerCases.Text(test, "id"))
            : []);

    private void Check(string kind, string? id, string section, Action<ConformanceCheck, JsonElement, FileNode> test)
    {
        CaseRows.SkipIfNone(id);
        var entry = TokenizerCases.Read(File).GetProperty(kind).EnumerateArray().Single(entry => TokenizerCases.Text(entry, "id") == id);
        var component = entry.GetProperty("component");
        var features = TokenizerFeatures.Types(component).Select(type => $"{section}:{type}");
        var name = $"components/{kind}/{id}";
        ConformanceRun.Check(report, TokenizerCases.Area, name, features, check => test(check, entry, new FileNode(component, File, section)));
    }

    private static (int Start, int End) Characters(string text, (int Start, int End) range) =>
        (EncodingComparison.CountCharacters(text, range.Start), EncodingComparison.CountCharacters(text, range.End));
}
