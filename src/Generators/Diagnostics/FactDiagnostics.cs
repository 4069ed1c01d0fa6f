using FineTune.Facts.Rules;
using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>FT13xx: what does not go together in a recipe and the files that it names, as the build has read them.</summary>
internal static class FactDiagnostics
{
    private const string Category = "FineTune.Facts";

    public static readonly DiagnosticDescriptor UnknownTarget = Create(FactCodes.UnknownTarget, "The model has no such module");
    public static readonly DiagnosticDescriptor TiedHead = Create(FactCodes.TiedHead, "The output head is the embedding");
    public static readonly DiagnosticDescriptor UnsupportedModel = Create(FactCodes.UnsupportedModel, "Models of this type are not supported");
    public static readonly DiagnosticDescriptor BeyondContext = Create(FactCodes.BeyondContext, "Sequences would be longer than the model's context");
    public static readonly DiagnosticDescriptor NoTokenizer = Create(FactCodes.NoTokenizer, "The model folder has no tokenizer");
    public static readonly DiagnosticDescriptor NoWeights = Create(FactCodes.NoWeights, "The model folder has no weights");
    public static readonly DiagnosticDescriptor TokenizerTooLarge = Create(FactCodes.TokenizerTooLarge, "The tokenizer does not fit the model");
    public static readonly DiagnosticDescriptor MissingShard = Create(FactCodes.MissingShard, "Files of the weights are missing");
    public static readonly DiagnosticDescriptor QuantizedCheckpoint = Create(FactCodes.QuantizedCheckpoint, "The weights are quantized");
    public static readonly DiagnosticDescriptor RoundedWeights = Create(FactCodes.RoundedWeights, "The weights would be rounded");
    public static readonly DiagnosticDescriptor StoredOtherwise = Create(FactCodes.StoredOtherwise, "The weights have another type than config.json says");
    public static readonly DiagnosticDescriptor NoEndToken = Create(FactCodes.NoEndToken, "The model cannot learn to stop");
    public static readonly DiagnosticDescriptor RankTooLarge = Create(FactCodes.RankTooLarge, "The rank is larger than a weight");
    public static readonly DiagnosticDescriptor TokenOutsideVocabulary = Create(FactCodes.TokenOutsideVocabulary, "A special token is outside the vocabulary");
    public static readonly DiagnosticDescriptor OtherEmbedding = Create(FactCodes.OtherEmbedding, "The weights belong to another configuration");
    public static readonly DiagnosticDescriptor OtherLayers = Create(FactCodes.OtherLayers, "The weights have another number of layers");
    public static readonly DiagnosticDescriptor BeyondTokenizer = Create(FactCodes.BeyondTokenizer, "Sequences would be longer than the tokenizer's limit");
    public static readonly DiagnosticDescriptor BeyondMemory = Create(FactCodes.BeyondMemory, "The recipe does not fit the device's memory");
    public static readonly DiagnosticDescriptor UnreadableMemory = Create(FactCodes.UnreadableMemory, "The device's memory is no size");
    public static readonly DiagnosticDescriptor DoubledBos = Create(FactCodes.DoubledBos, "The first token would be there twice");
    public static readonly DiagnosticDescriptor DoubledEos = Create(FactCodes.DoubledEos, "The last token would be there twice");
    public static readonly DiagnosticDescriptor UnknownColumn = Create(FactCodes.UnknownColumn, "The data has no such column");
    public static readonly DiagnosticDescriptor UnusedColumns = Create(FactCodes.UnusedColumns, "Columns of the data are not used");
    public static readonly DiagnosticDescriptor MissingColumn = Create(FactCodes.MissingColumn, "The data has no column for a property");
    public static readonly DiagnosticDescriptor OtherType = Create(FactCodes.OtherType, "A column has another type than its property");
    public static readonly DiagnosticDescriptor NullValue = Create(FactCodes.NullValue, "A column has no value in some rows");
    public static readonly DiagnosticDescriptor TestCopiesTrain = Create(FactCodes.TestCopiesTrain, "The rows to test on equal those to train on");
    public static readonly DiagnosticDescriptor MixedColumn = Create(FactCodes.MixedColumn, "The values of a column have no type in common");
    public static readonly DiagnosticDescriptor OtherShape = Create(FactCodes.OtherShape, "The rows are made for another method");
    public static readonly DiagnosticDescriptor NestedField = Create(FactCodes.NestedField, "A field of the prompt is no text");
    public static readonly DiagnosticDescriptor TestLacksColumn = Create(FactCodes.TestLacksColumn, "The rows to test on lack a column");
    public static readonly DiagnosticDescriptor EmptyCompletion = Create(FactCodes.EmptyCompletion, "A row has nothing to learn");
    public static readonly DiagnosticDescriptor NullInPrompt = Create(FactCodes.NullInPrompt, "A field of the prompt has no value in some rows");

    public static readonly DiagnosticDescriptor[] All =
    [
        UnknownTarget, TiedHead, UnsupportedModel, BeyondContext, NoTokenizer, NoWeights, TokenizerTooLarge, MissingShard, QuantizedCheckpoint,
        RoundedWeights, StoredOtherwise, NoEndToken, RankTooLarge, TokenOutsideVocabulary, OtherEmbedding, OtherLayers,
        BeyondTokenizer, BeyondMemory, UnreadableMemory, DoubledBos, DoubledEos, UnknownColumn, UnusedColumns, MissingColumn, OtherType, NullValue, TestCopiesTrain,
        MixedColumn, OtherShape, NestedField, TestLacksColumn, EmptyCompletion, NullInPrompt,
    ];

    private static DiagnosticDescriptor Create(string id, string title) => DescriptorForm.Of(
        id, title, Category,
        FactCodes.IsNote(id) ? DiagnosticSeverity.Info : FactCodes.IsWarning(id) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error);
}
