using FineTune.Prompts;

namespace FineTune.Recipes;

/// <summary>The rows of a recipe and how they fit into the model's context.</summary>
public sealed record DataOptions
{
    /// <summary>What the rows are.</summary>
    public DatasetType Type { get; init; } = DatasetType.Template;

    /// <summary>The training rows: a file, or several with weights; relative to the project.</summary>
    public required DataFiles Train { get; init; }

    /// <summary>The held-out rows, or <see langword="null"/> for none in a file of their own.</summary>
    public string? Test { get; init; }

    /// <summary>
    /// Holds out some of the training rows: a share below 1, or else their number. Which ones depends on their content alone.
    /// </summary>
    public double? TestSize { get; init; }

    /// <summary>A column whose value decides the side of a row, so that rows with the same value are on one side.</summary>
    public string? SplitBy { get; init; }

    /// <summary>The prompt's template as declared. It is kept for the record: generated code renders the rows.</summary>
    public string? Prompt { get; init; }

    /// <summary>A Jinja template for conversations, relative to the project; <see langword="null"/> is the model's own.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Which messages of conversations are trained.</summary>
    public TrainOn TrainOn { get; init; } = TrainOn.Assistant;

    /// <summary>The column of the messages; <see langword="null"/> is that of the type. It is kept for the record: generated code reads the rows.</summary>
    public string? MessagesColumn { get; init; }

    /// <summary>The field of a message's role; <see langword="null"/> is that of the type. It is kept for the record too.</summary>
    public string? RoleField { get; init; }

    /// <summary>The field of a message's content; <see langword="null"/> is that of the type. It is kept for the record too.</summary>
    public string? ContentField { get; init; }

    /// <summary>The longest sequence in tokens; <see langword="null"/> is the model's context length.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What happens to a row that is longer than <see cref="MaxLength"/>.</summary>
    public OverlongRows Overlong { get; init; } = OverlongRows.Error;

    /// <summary>Whether rows are shuffled anew in each epoch, by the training seed.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Reads at most this many training rows of each file; <see langword="null"/> reads all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether there are held-out rows.</summary>
    internal bool HasTest => Test is not null || TestSize is not null;

    /// <summary>The held-out rows for a person to read.</summary>
    internal string TestName => Test ?? $"held out of {Train}";
}
