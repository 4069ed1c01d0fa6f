using FineTune.Prompts;
using FineTune.Recipes;

namespace FineTune.Attributes;

/// <summary>
/// Says where the rows of a type are: a JSON lines file with an object on each line. A property reads the column of its
/// name, or of that name in camelCase or snake_case; one that is nullable may be absent.
/// </summary>
/// <param name="train">The training rows: a JSON lines file, relative to the project.</param>
/// <example><code>
/// [Dataset("data/train.jsonl", Test = "data/test.jsonl")]
/// [Prompt("Question: {Question}\nAnswer:{Answer|completion}")]
/// public sealed record Exam(string Question, string Answer);
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class DatasetAttribute(string train) : Attribute
{
    /// <inheritdoc cref="DataOptions.Train"/>
    public string Train { get; } = train;

    /// <inheritdoc cref="DataOptions.Test"/>
    public string? Test { get; set; }

    /// <summary>
    /// What the rows are. Without it, what the type's properties show, or <see cref="DatasetType.Template"/> with
    /// <see cref="PromptAttribute"/>.
    /// </summary>
    public DatasetType Type { get; set; } = DatasetType.Template;

    /// <inheritdoc cref="DataOptions.ChatTemplate"/>
    public string? ChatTemplate { get; set; }

    /// <inheritdoc cref="DataOptions.TrainOn"/>
    public TrainOn TrainOn { get; set; } = TrainOn.Assistant;

    /// <summary>The field of a message's role; without it, that of <see cref="Type"/>.</summary>
    public string? RoleField { get; set; }

    /// <summary>The field of a message's content; without it, that of <see cref="Type"/>.</summary>
    public string? ContentField { get; set; }

    /// <summary>
    /// How often each row of the file is used in an epoch: 2 uses every row twice, 0.5 half of the rows. Each
    /// <see cref="DatasetFileAttribute"/> adds a file with a weight of its own.
    /// </summary>
    public double Weight { get; set; } = 1;

    /// <summary>Holds out some of the training rows: a share below 1, or else their number. Their content decides which.</summary>
    public double TestSize { get; set; }

    /// <inheritdoc cref="DataOptions.SplitBy"/>
    public string? SplitBy { get; set; }

    /// <summary>The longest sequence in tokens; without it, the model's context length.</summary>
    public int MaxLength { get; set; }

    /// <inheritdoc cref="DataOptions.Overlong"/>
    public OverlongRows Overlong { get; set; } = OverlongRows.Error;

    /// <inheritdoc cref="DataOptions.Shuffle"/>
    public bool Shuffle { get; set; } = true;

    /// <summary>Reads at most this many training rows of each file; without it, all.</summary>
    public int Limit { get; set; }
}
