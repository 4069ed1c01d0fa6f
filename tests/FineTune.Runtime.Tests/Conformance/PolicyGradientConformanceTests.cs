using System.Text.Json;
using FineTune.Alignment;
using FineTune.Recipes;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/alignment/policy-gradient.json: losses, their gradients and advantages on fixed numbers.</summary>
public sealed class PolicyGradientConformanceTests(ConformanceReport report)
{
    private const string FilePath = "alignment/policy-gradient.json";

    private static readonly Lazy<JsonElement> Fixtures = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ConformanceFolder.Vectors!, FilePath))).RootElement.GetProperty("fixtures"));

    public static TheoryData<string?> Cases => ListFile.Ids(FilePath);

    [Theory, MemberData(nameof(Cases))]
    public void Case(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = ListFile.Case(FilePath, id);
        ConformanceRun.Check(report, "alignment", $"policy-gradient/{id}", Features(test), check =>
        {
            var fixture = Fixtures.Value.GetProperty(test.GetProperty("fixture").GetString()!);
            if (test.GetProperty("method").GetString() == "grpo")
                CompareLoss(test, fixture, check);
            else
                CompareAdvantages(test, fixture, check);
        });
    }

    // Every option and switch of a case is a feature: one that is not known here is no case that passes.
    private static IEnumerable<string> Features(JsonElement test)
    {
        yield return $"method:{test.GetProperty("method").GetString()}";
        foreach (var option in test.GetProperty("config").EnumerateObject())
            yield return option.Name == "loss_type" ? $"loss_type:{option.Value.GetString()}" : $"option:{option.Name}";
        foreach (var name in test.EnumerateObject().Select(property => property.Name))
            yield return $"switch:{name}";
    }

    private static void CompareLoss(JsonElement test, JsonElement fixture, ConformanceCheck check)
    {
        var options = Options(test.GetProperty("config"));
        var mask = Rows(fixture, "completion_mask");
        if (test.TryGetProperty("tool_mask", out _))
            mask = [.. mask.Zip(Rows(fixture, "tool_mask"), (row, tools) => row.Zip(tools, (a, b) => a * b).ToArray())];
        var (policy, old, reference) = (Rows(fixture, "policy_logps"), test.GetProperty("old").GetBoolean() ? Rows(fixture, "old_logps") : null, options.Beta > 0 ? Rows(fixture, "ref_logps") : null);
        var advantages = Numbers(fixture.GetProperty("advantages"));
        var loss = new ClippedPolicyLoss(options);
        // The counts of the whole optimizer step, of which the case is one micro-batch.
        double Switch(string name, double otherwise) => test.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
        var training = !test.TryGetProperty("training", out var flag) || flag.GetBoolean();
        var accumulation = training ? Switch("accumulation", 1) : 1;
        var tokens = Switch("num_items_in_batch", mask.Sum(row => row.Sum())) * (training ? accumulation / Switch("steps_per_generation", 1) : 1);

        var (sum, divergence, clipped, counted) = (0.0, 0.0, 0, 0);
        var gradient = policy.Select(row => new double[row.Length]).ToArray();
        for (var i = 0; i < policy.Length; i++)
        {
            var weight = loss.WeightOf((int)mask[i].Sum(), policy.Length * accumulation, tokens);
            for (var t = 0; t < policy[i].Length; t++)
            {
                if (mask[i][t] == 0)
                    continue;
                var token = loss.Of(policy[i][t], old?[i][t], reference?[i][t], advantages[i]);
                sum += weight * token.Loss;
                gradient[i][t] = weight * token.Derivative;
                divergence += token.Divergence;
                clipped += token.Clipped ? 1 : 0;
                counted++;
            }
        }

        var (expected, absolute, relative) = (test.GetProperty("expected"), test.GetProperty("atol").GetDouble(), test.GetProperty("rtol").GetDouble());
        check.Close("loss", expected.GetProperty("loss").GetDouble(), sum, absolute, relative);
        check.Close("gradient", [.. Rows(expected, "grad_policy_logps").SelectMany(row => row)], [.. gradient.SelectMany(row => row)], absolute, relative);
        // The reference rounds its metrics to fp32.
        var metrics = expected.GetProperty("metrics");
        if (metrics.TryGetProperty("kl", out var kl))
            check.Close("kl", kl.GetDouble(), divergence / counted, 1e-6, 1e-6);
        if (metrics.TryGetProperty(options.Objective == GrpoObjective.Cispo ? "cispo_clip_ratio" : "clip_ratio/region_mean", out var ratio))
            check.Close("clip ratio", ratio.GetDouble(), (double)clipped / counted, 1e-6, 1e-6);
    }

    private static void CompareAdvantages(JsonElement test, JsonElement fixture, ConformanceCheck check)
    {
        var config = test.GetProperty("config");
        var options = Options(config);
        var scores = fixture.GetProperty("rewards").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(score => score.ValueKind == JsonValueKind.Null ? (double?)null : score.GetDouble()).ToArray()).ToList();
        double[] weights = config.TryGetProperty("reward_weights", out var given) ? Numbers(given) : [.. scores[0].Select(_ => 1.0)];
        double?[] sums = [.. scores.Select(row => RewardAdvantages.Sum(row, weights))];
        var size = fixture.GetProperty("num_generations").GetInt32();
        var expected = test.GetProperty("expected");
        var (absolute, relative) = (test.GetProperty("atol").GetDouble(), test.GetProperty("rtol").GetDouble());
        check.Close("advantages", Numbers(expected.GetProperty("batch").GetProperty("advantages")), RewardAdvantages.Of(sums, size, options.ScaleRewards), absolute, relative);
        var metrics = expected.GetProperty("metrics");
        check.Close("reward", metrics.GetProperty("reward").GetDouble(), sums.Average()!.Value, absolute, relative);
        check.Close("reward_std", metrics.GetProperty("reward_std").GetDouble(), RewardAdvantages.Deviation(sums), absolute, relative);
        for (var i = 0; i < weights.Length; i++)
            check.Close($"mean of reward {i}", metrics.GetProperty($"rewards/r{i}/mean").GetDouble(), scores.Average(row => row[i])!.Value, absolute, relative);
    }

    private static GrpoOptions Options(JsonElement config)
    {
        double Number(string name, double otherwise) => config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;
        string Text(string name, string otherwise) => config.TryGetProperty(name, out var value) ? value.GetString()! : otherwise;
        return new GrpoOptions
        {
            Objective = Enum.Parse<GrpoObjective>(Text("loss_type", "dapo").Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            ScaleRewards = Enum.Parse<RewardScaling>(Text("scale_rewards", "group"), ignoreCase: true),
            EpsilonLow = Number("epsilon", 0.2),
            EpsilonHigh = config.TryGetProperty("epsilon_high", out var high) ? high.GetDouble() : null,
            Beta = Number("beta", 0),
            MaxCompletionLength = (int)Number("max_completion_length", 256),
        };
    }

    private static double[][] Rows(JsonElement fixture, string name) => [.. fixture.GetProperty(name).EnumerateArray().Select(Numbers)];

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
