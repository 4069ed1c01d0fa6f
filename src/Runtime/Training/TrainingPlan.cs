namespace FineTune.Training;

/// <summary>What a run will do, known before it does it.</summary>
public sealed record TrainingPlan
{
    /// <summary>All weights of the model, those of the adapter included; tied ones once.</summary>
    public required long Parameters { get; init; }

    /// <summary>The weights that training changes.</summary>
    public required long TrainableParameters { get; init; }

    /// <summary>The memory that the run needs.</summary>
    public required MemoryPlan Memory { get; init; }

    /// <summary>The training rows read, dropped ones included.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows left out because they are longer than <c>data.max_length</c>.</summary>
    public required int DroppedRows { get; init; }

    /// <summary>Rows cut to <c>data.max_length</c>.</summary>
    public required int TruncatedRows { get; init; }

    /// <summary>Rows of the training files that are held out, by <c>data.test_size</c>.</summary>
    public int HeldOutRows { get; init; }

    /// <summary>Rows that the recipe's filter leaves out.</summary>
    public int FilteredRows { get; init; }

    /// <summary>The files of the training rows; more than one in a mixture.</summary>
    public IReadOnlyList<PlannedFile> Files { get; init; } = [];

    /// <summary>The sequences of one pass over the rows.</summary>
    public required int Sequences { get; init; }

    /// <summary>Tokens of one pass over the rows.</summary>
    public required long TokensPerEpoch { get; init; }

    /// <summary>Tokens that count in the loss in one pass over the rows.</summary>
    public required long TrainedTokensPerEpoch { get; init; }

    /// <summary>Completions that are sampled and judged in one pass over the rows; 0 where rows show what to write.</summary>
    public int CompletionsPerEpoch { get; init; }

    /// <summary>Optimizer steps of the whole run.</summary>
    public required int Steps { get; init; }

    /// <summary>Forward and backward passes of the whole run: the micro-batches of all steps.</summary>
    public required int MicroBatches { get; init; }

    /// <summary>The type that base weights are stored in, such as <c>bfloat16</c>.</summary>
    public required string WeightDType { get; init; }

    /// <summary>The type that matrix products run in.</summary>
    public required string ProductDType { get; init; }

    /// <summary>Why products run in that type: one sentence.</summary>
    public required string ProductDTypeReason { get; init; }
}
