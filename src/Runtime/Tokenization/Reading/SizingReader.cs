using System.Text.Json;
using FineTune.Tokenization.Sizing;

namespace FineTune.Tokenization.Reading;

/// <summary>Reads the sections <c>truncation</c> and <c>padding</c> of a tokenizer file.</summary>
internal static class SizingReader
{
    public static TruncationOptions Truncation(FileNode node) => new(
        node.Index("max_length"),
        node.Number("stride", 0),
        node.OptionalText("strategy") switch
        {
            null or "LongestFirst" => TruncationStrategy.LongestFirst,
            "OnlyFirst" => TruncationStrategy.OnlyFirst,
            "OnlySecond" => TruncationStrategy.OnlySecond,
            var other => throw TokenizerErrors.Malformed(node.File, $"the truncation strategy '{other}' is unknown"),
        },
        Side(node));

    public static PaddingOptions Padding(FileNode node) => new(
        node.Index("pad_id"), Length(node), Side(node), node.OptionalNumber("pad_to_multiple_of"), node.Number("pad_type_id", 0));

    /// <summary><c>"BatchLongest"</c> or <c>{"Fixed": 24}</c>.</summary>
    private static int? Length(FileNode node) => node.Value("strategy") switch
    {
        { ValueKind: JsonValueKind.Object } => node.Child("strategy")!.Value.Index("Fixed"),
        _ when node.OptionalText("strategy") is null or "BatchLongest" => null,
        _ => throw TokenizerErrors.Malformed(node.File, $"the padding strategy '{node.OptionalText("strategy")}' is unknown"),
    };

    private static TextSide Side(FileNode node) => node.OptionalText("direction") switch
    {
        null or "Right" => TextSide.Right,
        "Left" => TextSide.Left,
        var other => throw TokenizerErrors.Malformed(node.File, $"{node.Path}.direction '{other}' must be 'Left' or 'Right'"),
    };
}
