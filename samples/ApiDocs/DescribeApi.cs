// Teaches a small language model to write .NET documentation: the signature of a member goes in, its summary comes out.
//
//   dotnet run --project samples/ApiDocs

namespace ApiDocs;

/// <summary>The base model, pretrained by ../PretrainDocs on the documentation of other types.</summary>
[BaseModel("../../models/tiny-docs")]
public sealed class TinyDocs;

/// <summary>A row: a documented member. The build makes both files, see ../DocsDataset.</summary>
[Dataset("data/train.jsonl", Test = "data/test.jsonl", Limit = 12000)]
[Prompt("""
    Member: {Signature}
    Summary:
    {Summary|completion}
    """)]
public sealed record ApiDoc(string Signature, string Summary);

/// <summary>What is trained, and how it is measured.</summary>
[Recipe<TinyDocs, ApiDoc>]
[Lora(Rank = 16, Alpha = 32)]
[Sft(LearningRate = 1e-3, TokensPerBatch = 4096, Schedule = LearningRateSchedule.Cosine, WarmupSteps = 5)]
[Evaluate(Metric.Perplexity, Metric.RougeL, Rows = 100, MaxNewTokens = 48)]
public sealed partial class DescribeApi;
