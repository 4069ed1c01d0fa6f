using FineTune.Tokenization.Models;
using FineTune.Tokenization.Reading;

namespace FineTune.Tokenization.PostProcessors;

/// <summary>Reads the section <c>post_processor</c> of a tokenizer file.</summary>
internal static class PostProcessorReader
{
    public static IPostProcessor Read(FileNode node, Vocabulary vocabulary) => node.Type switch
    {
        "Sequence" => new SequencePostProcessor([.. node.Children("processors").Select(part => Read(part, vocabulary))]),
        "ByteLevel" => new TrimOffsetsPostProcessor(vocabulary, node.Flag("trim_offsets", true), node.Flag("add_prefix_space", true)),
        "TemplateProcessing" => Template(node),
        "BertProcessing" => new BracketingPostProcessor(TokenId(node, "cls"), TokenId(node, "sep"), isRoberta: false),
        "RobertaProcessing" => Roberta(node, vocabulary),
        _ => throw node.Unsupported("the post-processor"),
    };

    private static SequencePostProcessor Roberta(FileNode node, Vocabulary vocabulary) => new(
    [
        new TrimOffsetsPostProcessor(vocabulary, node.Flag("trim_offsets", true), node.Flag("add_prefix_space", true)),
        new BracketingPostProcessor(TokenId(node, "cls"), TokenId(node, "sep"), isRoberta: true),
    ]);

    /// <summary>The id of a pair <c>["[CLS]", 101]</c>.</summary>
    private static int TokenId(FileNode node, string key) =>
        node.Array(key).ToList() is [_, var number] && FileNode.IsIndex(number, out var id)
            ? id
            : throw TokenizerErrors.Malformed(node.File, $"{node.Path}.{key} must be a token and its id");

    private static TemplatePostProcessor Template(FileNode node) => new(Pieces(node, "single"), Pieces(node, "pair"));

    private static List<TemplatePiece> Pieces(FileNode node, string key) => [.. node.Children(key).Select(piece => Piece(node, piece))];

    private static TemplatePiece Piece(FileNode node, FileNode piece)
    {
        if (piece.Child("Sequence") is { } sequence)
            return new TemplatePiece(sequence.Text("id") == "A" ? 0 : 1, null, sequence.Number("type_id", 0));
        if (piece.Child("SpecialToken") is not { } special)
            throw TokenizerErrors.Malformed(piece.File, $"{piece.Path} must be a Sequence or a SpecialToken");
        var name = special.Text("id");
        if (node.Child("special_tokens")?.Child(name) is not { } token)
            throw TokenizerErrors.Malformed(piece.File, $"the template's special token '{name}' is not in special_tokens");
        var ids = token.Array("ids").Select(element => FileNode.IsIndex(element, out var id)
            ? id
            : throw TokenizerErrors.Malformed(piece.File, $"the ids of the special token '{name}' must be whole numbers from 0")).ToList();
        return new TemplatePiece(0, ids, special.Number("type_id", 0));
    }
}
