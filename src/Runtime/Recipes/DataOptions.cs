namespace FineTune.Recipes;

/// <summary>The rows of a recipe and how they fit into the model's context.</summary>
public sealed record DataOptions
{
    /// <summary>The training rows: a JSON lines file, relative to the project.</summary>
    public required string Train { get; init; }

    /// <summary>The held-out rows, or <see langword="null"/> for none.</summary>
    public string? Test { get; init; }

    /// <summary>The prompt's template as declared. It is kept for the record: generated code renders the rows.</summary>
    public string? Prompt { get; init; }

    /// <summary>The longest sequence in tokens; <see langword="null"/> is the model's context length.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What happens to a row that is longer than <see cref="MaxLength"/>.</summary>
    public OverlongRows Overlong { get; init; } = OverlongRows.Error;

    /// <summary>Whether rows are shuffled anew in each epoch, by the training seed.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Reads at most this many training rows; <see langword="null"/> reads all.</summary>
    public int? Limit { get; init; }
}
