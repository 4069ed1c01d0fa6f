using System.Text.Json;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Evaluation;

public sealed class MetricConformanceTests(ConformanceReport report)
{
    /// <summary>How each kind of file is compared.</summary>
    private static readonly Dictionary<string, Action<MetricCheck, string, JsonElement, JsonElement>> Kinds = new()
    {
        ["rouge"] = RougeComparison.Compare,
        ["porter-stemmer"] = RougeComparison.CompareStem,
        ["language-modelling"] = SmallMetricComparison.LanguageModelling,
        ["pass-at-k"] = SmallMetricComparison.PassAtK,
        ["calibration"] = SmallMetricComparison.Calibration,
        ["retrieval"] = SmallMetricComparison.Retrieval,
        ["agreement"] = SmallMetricComparison.Agreement,
        ["ratings"] = SmallMetricComparison.Ratings,
        ["classification"] = ClassificationComparison.Compare,
        ["sacrebleu"] = SacrebleuComparison.Compare,
        ["squad"] = SquadComparison.Compare,
    };

    public static TheoryData<string?> Cases => CaseRows.Of(MetricCases.Ids);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Metric(string? id)
    {
        CaseRows.SkipIfNone(id);
        var (file, list, document, test) = MetricCases.Find(id);
        string[] features = SacrebleuComparison.Feature(test) is { } metric ? [$"metric:{file}", metric] : [$"metric:{file}"];
        ConformanceRun.Check(report, MetricCases.Area, id, features, check =>
        {
            if (!Kinds.TryGetValue(file, out var compare))
                throw new NotSupportedException($"No test knows how to compare {file}.json: list 'metric:{file}' in unsupported.json, or write one.");
            compare(new MetricCheck(check, document), list, document, test);
        });
    }
}
