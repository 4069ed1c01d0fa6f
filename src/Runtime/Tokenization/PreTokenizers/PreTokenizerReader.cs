using System.Text;
using FineTune.Tokenization.Patterns;
using FineTune.Tokenization.Reading;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Reads the section <c>pre_tokenizer</c> of a tokenizer file.</summary>
internal static class PreTokenizerReader
{
    private static readonly CharacterPattern WhiteSpace = new(Rune.IsWhiteSpace);
    private static readonly CharacterPattern Numbers = new(Rune.IsNumber);
    private static readonly CharacterPattern Punctuation = new(IsPunctuation);

    public static IPreTokenizer Read(FileNode node) => node.Type switch
    {
        "Sequence" => new SequencePreTokenizer([.. node.Children("pretokenizers").Select(Read)]),
        "ByteLevel" => new ByteLevelPreTokenizer(node.Flag("add_prefix_space", true), node.Flag("use_regex", true)),
        "Split" => new SplitPreTokenizer(PatternReader.Read(node), Behavior(node, null), node.Flag("invert", false)),
        "Metaspace" => Metaspace(node),
        "BertPreTokenizer" => new SequencePreTokenizer(
            [new SplitPreTokenizer(WhiteSpace, SplitBehavior.Removed), new SplitPreTokenizer(Punctuation, SplitBehavior.Isolated)]),
        "Whitespace" => new SplitPreTokenizer(WordPattern.Instance, SplitBehavior.Removed, invert: true),
        "WhitespaceSplit" => new SplitPreTokenizer(WhiteSpace, SplitBehavior.Removed),
        "Punctuation" => new SplitPreTokenizer(Punctuation, Behavior(node, SplitBehavior.Isolated)),
        "Digits" => new SplitPreTokenizer(Numbers, node.Flag("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
        "CharDelimiterSplit" => new SplitPreTokenizer(new StringPattern(node.Text("delimiter")), SplitBehavior.Removed),
        "UnicodeScripts" => new UnicodeScriptsPreTokenizer(),
        "FixedLength" => new FixedLengthPreTokenizer(Math.Max(1, node.Number("length", 5))),
        _ => throw node.Unsupported("the pre-tokenizer"),
    };

    public static MetaspacePreTokenizer Metaspace(FileNode node) =>
        new(node.NonEmptyText("replacement", "▁"), Scheme(node), node.Flag("split", true));

    /// <summary>The scheme; older files have <c>add_prefix_space</c> instead.</summary>
    public static PrependScheme Scheme(FileNode node) => node.OptionalText("prepend_scheme") switch
    {
        "always" => PrependScheme.Always,
        "first" => PrependScheme.First,
        "never" => PrependScheme.Never,
        null => node.Flag("add_prefix_space", true) ? PrependScheme.Always : PrependScheme.Never,
        _ => throw TokenizerErrors.Malformed(node.File, $"{node.Path}.prepend_scheme must be 'always', 'first' or 'never'"),
    };

    private static SplitBehavior Behavior(FileNode node, SplitBehavior? fallback) => node.OptionalText("behavior") is not { } name
        ? fallback ?? throw TokenizerErrors.Malformed(node.File, $"{node.Path} lacks 'behavior'")
        : Enum.TryParse<SplitBehavior>(name, out var behavior) && Enum.IsDefined(behavior)
            ? behavior
            : throw TokenizerErrors.Malformed(node.File, $"{node.Path}.behavior '{name}' is none of {string.Join(", ", Enum.GetNames<SplitBehavior>())}");

    /// <summary>ASCII counts its symbols as punctuation too.</summary>
    private static bool IsPunctuation(Rune rune) => (rune.IsAscii && IsAsciiPunctuation((char)rune.Value))
        || (CharacterTable.Of(rune.Value) & CharacterClasses.Punctuation) != 0;

    private static bool IsAsciiPunctuation(char unit) => char.IsPunctuation(unit) || char.IsSymbol(unit);
}
