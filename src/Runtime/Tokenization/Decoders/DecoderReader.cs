using FineTune.Tokenization.Patterns;
using FineTune.Tokenization.PreTokenizers;
using FineTune.Tokenization.Reading;

namespace FineTune.Tokenization.Decoders;

/// <summary>Reads the section <c>decoder</c> of a tokenizer file.</summary>
internal static class DecoderReader
{
    public static ITokenDecoder Read(FileNode node) => node.Type switch
    {
        "Sequence" => new SequenceDecoder([.. node.Children("decoders").Select(Read)]),
        "ByteLevel" => new ByteLevelDecoder(),
        "WordPiece" => new WordPieceDecoder(node.OptionalText("prefix") ?? "##", node.Flag("cleanup", true)),
        "Metaspace" => new MetaspaceDecoder(
            node.NonEmptyText("replacement", "▁"), PreTokenizerReader.Scheme(node) != PrependScheme.Never),
        "BPEDecoder" => new SuffixDecoder(node.OptionalText("suffix") ?? "</w>"),
        "CTC" => new CtcDecoder(node.Text("pad_token"), node.NonEmptyText("word_delimiter_token"), node.Flag("cleanup", true)),
        "Fuse" => new FuseDecoder(),
        "Strip" => new StripDecoder(node.Text("content"), node.Number("start", 0), node.Number("stop", 0)),
        "Replace" => new ReplaceDecoder(PatternReader.Read(node), node.Text("content")),
        "ByteFallback" => new ByteFallbackDecoder(),
        _ => throw node.Unsupported("the decoder"),
    };
}
