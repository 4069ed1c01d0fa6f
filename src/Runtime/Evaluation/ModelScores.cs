using System.Text.Json.Serialization;
using FineTune.Recipes;

namespace FineTune.Evaluation;

/// <summary>The scores of one model on held-out rows; null where the recipe does not ask for them.</summary>
internal sealed record ModelScores
{
    public double? Perplexity { get; init; }

    [JsonPropertyName("rouge1")]
    public double? Rouge1 { get; init; }

    [JsonPropertyName("rouge2")]
    public double? Rouge2 { get; init; }

    [JsonPropertyName("rougeL")]
    public double? RougeL { get; init; }

    [JsonPropertyName("rougeLsum")]
    public double? RougeLsum { get; init; }

    /// <summary>The recipe's own metrics, by name; null where it has none.</summary>
    public IReadOnlyDictionary<string, double>? Custom { get; init; }

    /// <summary>The recipe's rewards of greedy answers, by name; null where it has none.</summary>
    public IReadOnlyDictionary<string, double>? Rewards { get; init; }

    public double? this[Metric metric] => metric switch
    {
        Metric.Perplexity => Perplexity,
        Metric.Rouge1 => Rouge1,
        Metric.Rouge2 => Rouge2,
        Metric.RougeL => RougeL,
        Metric.RougeLsum => RougeLsum,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };
}
