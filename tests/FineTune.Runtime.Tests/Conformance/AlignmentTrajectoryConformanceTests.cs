using System.Collections;
using System.Text.Json;
using FineTune.Adapters;
using FineTune.Alignment;
using FineTune.Data;
using FineTune.Hooks;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Training;
using FineTune.Training.Optimizers;
using FineTune.Training.Schedules;
using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/alignment/trajectories: whole runs step by step, of completions that are planned and of rows.</summary>
public sealed class AlignmentTrajectoryConformanceTests(ConformanceReport report)
{
    private const string Area = "alignment/trajectories";

    public static TheoryData<string?> Cases => CaseFile.Ids(Area);

    [Theory, MemberData(nameof(Cases))]
    public void Trajectory(string? id)
    {
        CaseRows.SkipIfNone(id);
        var file = CaseFile.Open(Area, id);
        ConformanceRun.Check(report, "alignment", $"trajectories/{id}", [$"method:{file.Text("method")}"], check =>
        {
            using var scope = NewDisposeScope();
            using var none = no_grad();
            using var run = new Run(file, check);
            run.Train();
            run.CompareWeights();
        });
    }

    private sealed class Run : IDisposable
    {
        private readonly CaseFile _file;
        private readonly ConformanceCheck _check;
        private readonly JsonElement _config;
        private readonly CausalLanguageModel _model;
        private readonly CausalLanguageModel? _reference;
        private readonly AdapterSet? _adapters;
        private readonly AdamW _optimizer;
        private readonly LearningRates _rates;
        private readonly GrpoOptions _options;
        private readonly PolicyGradient _policy;
        private readonly CompletionGroups _groups;
        private IReadOnlyList<Completion> _round = [];

        public Run(CaseFile file, ConformanceCheck check)
        {
            (_file, _check, _config) = (file, check, file.Json.GetProperty("config"));
            var folder = Path.Combine(file.Folder, "..", "model");
            _model = CausalLanguageModel.Load(folder, ScalarType.Float32);
            if (Directory.Exists(file.PathOf("adapter-initial")))
                _adapters = PeftFolder.Load(file.PathOf("adapter-initial"), _model);
            else
                _model.Parameters.Values.ToList().ForEach(parameter => parameter.Train());
            var decayed = file.Json.TryGetProperty("decayed_parameters", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
            var groups = Trained.GroupBy(parameter => decayed.Contains(parameter.Name))
                .Select(group => new ParameterGroup([.. group], 1, group.Key ? Number("weight_decay") : 0)).ToList();
            _optimizer = new AdamW(groups, 0.9, 0.999, Number("adam_epsilon"));
            _rates = ScheduleCase.Rates(
                _config.GetProperty("lr_scheduler_type").GetString()!, Number("learning_rate"),
                _config.TryGetProperty("warmup_steps", out var warmup) ? warmup.GetInt32() : 0, (int)Number("max_steps"), _config);
            _options = file.Text("method") == "grpo" ? Grpo() : new GrpoOptions();
            _policy = new PolicyGradient(_options, microBatchTokens: 40);
            _groups = new CompletionGroups(_options, [new RewardWeight("planned", 1)], _policy);
            if (_options.Beta > 0 && _adapters is null)
                _reference = CausalLanguageModel.Load(folder, ScalarType.Float32);
        }

        private IEnumerable<Parameter> Trained => _adapters?.Parameters ?? _model.Parameters.Values;

        public void Train()
        {
            var steps = _file.Json.GetProperty("steps").EnumerateArray().ToList();
            var accumulation = (int)Number("gradient_accumulation_steps");
            var batches = _file.Json.GetProperty("batches").EnumerateArray().ToList();
            for (var step = 0; step < steps.Count; step++)
            {
                List<JsonElement> microBatches = batches.GetRange(step * accumulation, accumulation);
                var loss = _file.Text("method") == "grpo" ? Judged(step, microBatches, steps[step].GetProperty("metrics")) : Supervised(microBatches);
                var norm = _optimizer.GradientNorm();
                Close(step, "loss", steps[step].GetProperty("loss").GetDouble(), loss);
                Close(step, "grad_norm", steps[step].GetProperty("grad_norm").GetDouble(), norm);
                Close(step, "learning_rate", steps[step].GetProperty("learning_rate").GetDouble(), _rates.At(step));
                _optimizer.Step(_rates.At(step), Clipping.Factor(norm, Number("max_grad_norm")));
            }
        }

        private double Supervised(IReadOnlyList<JsonElement> microBatches)
        {
            var packed = microBatches.Select(batch => PackedBatch.Of([.. Rows(batch, "input_ids").Zip(Rows(batch, "labels"), Rows(batch, "attention_mask")).Select(row =>
                Sequence([.. row.First.Where((_, t) => row.Third[t] == 1)], [.. row.Second.Where((_, t) => row.Third[t] == 1).Select(label => label != -100)]))])).ToList();
            var trained = packed.Sum(batch => batch.Targets.Length);
            return packed.Sum(batch => TrainingPass.Run(_model, batch, trained)) / trained;
        }

        private double Judged(int step, IReadOnlyList<JsonElement> microBatches, JsonElement metrics)
        {
            if (step % _options.NumIterations == 0)
            {
                _round = _groups.Compare(Planned(step / _options.NumIterations, microBatches), _model, _adapters, _reference);
                _check.Close(
                    $"step {step}: advantages", [.. microBatches.SelectMany(batch => batch.GetProperty("advantages").EnumerateArray().Select(value => value.GetDouble()))],
                    [.. _round.Select(completion => completion.Advantage)], 1e-6, 1e-5);
            }

            var result = _policy.AddGradients(_model, _round);
            var measured = RoundMetrics.Of(_round, [new RewardWeight("planned", 1)], _options, result);
            if (metrics.TryGetProperty("reward", out var reward))
            {
                Close(step, "metrics", reward.GetDouble(), measured["reward"]);
                Close(step, "metrics", metrics.GetProperty("reward_std").GetDouble(), measured["reward_std"]);
                Close(step, "metrics", metrics.GetProperty("completions/clipped_ratio").GetDouble(), measured["completions_clipped_ratio"]);
                Close(step, "metrics", metrics.GetProperty("completions/mean_length").GetDouble(), measured["completions_mean_length"]);
            }

            // The reference averages over micro-batches what is averaged over tokens here: the same where there is one.
            if (microBatches.Count == 1)
            {
                Close(step, "metrics", metrics.GetProperty("kl").GetDouble(), measured["kl"]);
                Close(step, "metrics", metrics.GetProperty("clip_ratio/region_mean").GetDouble(), measured["clip_ratio"]);
            }

            return result.Loss;
        }

        private List<Completion> Planned(int round, IReadOnlyList<JsonElement> microBatches)
        {
            var plan = _file.Json.GetProperty("plan");
            var prompts = microBatches.SelectMany(batch => Rows(batch, "prompt_ids").Zip(Rows(batch, "prompt_mask"), (ids, mask) => ids.Where((_, t) => mask[t] == 1).ToArray())).ToList();
            var completions = plan.GetProperty("completion_ids")[round].EnumerateArray().Select(Ids).ToList();
            var rewards = plan.GetProperty("rewards")[round].EnumerateArray().Select(value => value.GetDouble()).ToList();
            return [.. prompts.Select((prompt, i) => new Completion(
                Sequence([.. prompt, .. completions[i]], [.. prompt.Select(_ => false), .. completions[i].Select(_ => true)]), completions[i][^1] != 2, [rewards[i]]))];
        }

        public void CompareWeights()
        {
            var expected = _file.Tensors(_adapters is null ? "final.safetensors" : "adapter-final/adapter_model.safetensors");
            var tolerance = _file.Json.GetProperty("tolerance").GetProperty("weights").GetProperty("atol").GetDouble();
            var got = Trained.ToDictionary(parameter => parameter.Name);
            foreach (var (name, tensor) in expected)
                _check.Close($"weights of {name}", tensor.Doubles(), got[name].Value.Doubles(), tolerance, 0);
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _adapters?.Dispose();
            _reference?.Dispose();
            _model.Dispose();
        }

        private GrpoOptions Grpo() => new()
        {
            NumGenerations = (int)Number("num_generations"),
            MaxCompletionLength = (int)Number("max_completion_length"),
            Beta = Number("beta"),
            EpsilonLow = Number("epsilon"),
            NumIterations = (int)Number("num_iterations"),
            Objective = Enum.Parse<GrpoObjective>(_config.GetProperty("loss_type").GetString()!, ignoreCase: true),
            ScaleRewards = Enum.Parse<RewardScaling>(_config.GetProperty("scale_rewards").GetString()!, ignoreCase: true),
            MaskTruncatedCompletions = _config.GetProperty("mask_truncated_completions").GetBoolean(),
        };

        private double Number(string name) => _config.GetProperty(name).GetDouble();

        private void Close(int step, string what, double expected, double got)
        {
            var tolerance = _file.Json.GetProperty("tolerance").GetProperty(what);
            _check.Close($"step {step}: {what}", expected, got, tolerance.GetProperty("atol").GetDouble(), tolerance.GetProperty("rtol").GetDouble());
        }

        private static TokenSequence Sequence(int[] ids, bool[] trained) => new(ids, new BitArray(trained), 0);

        private static List<int[]> Rows(JsonElement batch, string name) => [.. batch.GetProperty(name).EnumerateArray().Select(Ids)];

        private static int[] Ids(JsonElement row) => [.. row.EnumerateArray().Select(id => id.GetInt32())];
    }
}
