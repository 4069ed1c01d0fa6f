using System.Collections;
using System.Text.Json;
using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Tensors;
using FineTune.Training;
using FineTune.Training.Optimizers;
using FineTune.Training.Schedules;
using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/training/trajectories: whole runs step by step.</summary>
public sealed class TrajectoryConformanceTests(ConformanceReport report)
{
    private const string Area = "training/trajectories";

    public static TheoryData<string?> Cases => CaseFile.Ids(Area);

    [Theory, MemberData(nameof(Cases))]
    public void Trajectory(string? id)
    {
        var file = CaseFile.Open(Area, id);
        ConformanceRun.Check(report, "training", file.Text("id")!, Features(file), check =>
        {
            foreach (var type in file.Json.TryGetProperty("steps_bfloat16", out _) ? new[] { ScalarType.Float32, ScalarType.BFloat16 } : [ScalarType.Float32])
            {
                using var scope = NewDisposeScope();
                using var run = new TrajectoryRun(file, check, type);
                run.Train();
                run.CompareWeights();
            }
        });
    }

    private static IEnumerable<string> Features(CaseFile file)
    {
        var json = file.Json;
        yield return $"base:{Path.GetFileName(file.Text("base"))}";
        yield return $"task:{file.Text("task")}";
        yield return $"optimizer:{json.GetProperty("optimizer").GetProperty("name").GetString()}";
        var loss = json.GetProperty("loss");
        foreach (var property in loss.EnumerateObject())
            yield return property.Name == "kind" ? $"loss:{property.Value.GetString()}" : $"loss:{property.Name}";
    }

    private sealed class TrajectoryRun : IDisposable
    {
        private readonly CaseFile _file;
        private readonly ConformanceCheck _check;
        private readonly bool _narrow;
        private readonly CausalLanguageModel _model;
        private readonly AdapterSet? _adapters;
        private readonly List<(double? LearningRate, Optimizer Optimizer, IReadOnlyList<Parameter> Trained)> _groups = [];
        private readonly WeightAverage? _average;
        private readonly PassSettings _settings;

        public TrajectoryRun(CaseFile file, ConformanceCheck check, ScalarType type)
        {
            (_file, _check, _narrow) = (file, check, type == ScalarType.BFloat16);
            _model = CausalLanguageModel.Load(Path.Combine(file.Folder, "..", "..", file.Text("base")!), type);
            if (file.Text("trained") == "lora")
                _adapters = PeftFolder.Load(file.PathOf("adapter-initial"), _model);
            var parameters = _model.Parameters.Values.Concat(_adapters?.Parameters ?? []).ToDictionary(parameter => parameter.Name);
            var json = file.Json;
            var optimizer = json.GetProperty("optimizer");
            foreach (var group in file.Json.GetProperty("groups").EnumerateArray())
            {
                var trained = group.GetProperty("parameters").EnumerateArray().Select(name => parameters[name.GetString()!]).ToList();
                trained.ForEach(parameter => parameter.Train());
                var decay = group.GetProperty("weight_decay").GetDouble();
                if (decay > 0 && file.Text("id") != "sgd-momentum")
                    _check.SequenceEqual("what decays", trained.Select(parameter => (parameter.Name, true)), trained.Select(parameter => (parameter.Name, ParameterGroup.Decays(parameter.Name))));
                double? rate = group.GetProperty("learning_rate") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
                _groups.Add((rate, Optimizer(group.TryGetProperty("optimizer", out var own) ? own : optimizer, [new ParameterGroup(trained, 1, decay)]), trained));
            }

            _average = Average(_groups.SelectMany(group => group.Trained), json);
            var loss = json.GetProperty("loss");
            double Option(string name) => loss.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
            _settings = new PassSettings(new TokenLoss(Option("label_smoothing"), Option("z_loss"), loss.TryGetProperty("dft", out var dft) && dft.GetBoolean()));
        }

        private static WeightAverage? Average(IEnumerable<Parameter> trained, JsonElement json)
        {
            if (!json.TryGetProperty("average", out var average) || average.ValueKind != JsonValueKind.Object)
                return null;
            int Number(string name) => average.GetProperty(name).GetInt32();
            return average.GetProperty("kind").GetString() switch
            {
                "ema" => WeightAverage.Ema(trained, average.GetProperty("decay").GetDouble()),
                "last" => WeightAverage.Last(trained, Number("k"), json.GetProperty("steps").GetArrayLength()),
                "swa" => WeightAverage.Swa(trained, Number("start"), Number("every")),
                var other => throw new InvalidOperationException($"An average of kind {other}."),
            };
        }

        private static Optimizer Optimizer(JsonElement json, IReadOnlyList<ParameterGroup> groups)
        {
            double Number(string name) => json.GetProperty(name).GetDouble();
            bool Flag(string name) => json.GetProperty(name).GetBoolean();
            double? Optional(string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
            (double First, double Second) Betas() => (json.GetProperty("betas")[0].GetDouble(), json.GetProperty("betas")[1].GetDouble());
            return json.GetProperty("name").GetString() switch
            {
                "adamw" => new AdamW(groups, Betas().First, Betas().Second, Number("eps")),
                "adam" => new Adam(groups, Betas().First, Betas().Second, Number("eps")),
                "sgd" => new Sgd(groups, Number("momentum"), Number("dampening"), Flag("nesterov")),
                "rmsprop" => new RmsProp(groups, Number("alpha"), Number("eps"), Number("momentum"), Flag("centered")),
                "adagrad" => new Adagrad(groups, Number("lr_decay"), Number("initial_accumulator_value"), Number("eps")),
                "lion" => new Lion(groups, Betas().First, Betas().Second),
                "muon" => new Muon(groups, Number("momentum"), json.GetProperty("adjust_lr").GetString() != "original", parameter => parameter.Value.dim() == 2, 0, 0, 0),
                "schedule_free_adamw" => new ScheduleFreeAdamW(
                    groups, Betas().First, Betas().Second, Number("eps"), json.GetProperty("warmup_steps").GetInt32(), Number("r"), Number("weight_lr_power")),
                "adafactor" => new Adafactor(groups, new AdafactorSettings
                {
                    SquareEpsilon = json.GetProperty("eps")[0].GetDouble(),
                    ScaleEpsilon = json.GetProperty("eps")[1].GetDouble(),
                    ClipThreshold = Number("clip_threshold"),
                    DecayRate = Number("decay_rate"),
                    Beta1 = Optional("beta1"),
                    ScaleParameter = Flag("scale_parameter"),
                    RelativeStep = Flag("relative_step"),
                    WarmupInit = Flag("warmup_init"),
                }),
                var other => throw new InvalidOperationException($"An optimizer {other}."),
            };
        }

        public void Train()
        {
            var batches = _file.Json.GetProperty("batches").EnumerateArray().ToList();
            var steps = _file.Json.GetProperty(_narrow ? "steps_bfloat16" : "steps").EnumerateArray().ToList();
            for (var step = 0; step < steps.Count; step++)
                Step(step, steps[step], batches[step % batches.Count]);
        }

        private void Step(int step, JsonElement expected, JsonElement batch)
        {
            var (loss, trained) = _file.Text("task") == "classification" ? Classify(batch) : Predict(batch);
            var norm = Math.Sqrt(_groups.Sum(group => group.Optimizer.SumOfSquaredGradients()));
            Close(step, "loss", expected.GetProperty("loss").GetDouble(), loss);
            Close(step, "grad_norm", expected.GetProperty("grad_norm").GetDouble(), norm);
            _check.Equal($"step {step}: trained_tokens", expected.GetProperty("trained_tokens").GetInt32(), trained);
            var clip = _file.Json.GetProperty("clip");
            var largest = clip.ValueKind == JsonValueKind.Object && clip.TryGetProperty("norm", out var clipped) ? clipped.GetDouble() : 0;
            foreach (var (group, index) in _groups.Select((group, index) => (group, index)))
            {
                var rate = group.LearningRate is { } peak ? Rates(peak).At(step) : 0;
                if (expected.TryGetProperty("learning_rates", out var rates) && rates[index].ValueKind == JsonValueKind.Number && group.Optimizer is not ScheduleFreeAdamW)
                    Close(step, "learning_rate", rates[index].GetDouble(), rate);
                if (clip.ValueKind == JsonValueKind.Object && clip.TryGetProperty("value", out var value))
                    group.Optimizer.ClipValues(value.GetDouble());
                group.Optimizer.Step(rate, Clipping.Factor(norm, largest));
            }

            _average?.Add(step + 1);
        }

        private (double Loss, int Trained) Predict(JsonElement batch)
        {
            var microBatches = batch.EnumerateArray().Select(rows => PackedBatch.Of([.. rows.EnumerateArray().Select(Sequence)])).ToList();
            var trained = microBatches.Sum(micro => micro.Targets.Length);
            return (microBatches.Sum(micro => TrainingPass.Run(_model, micro, trained, settings: _settings)) / trained, trained);
        }

        private (double Loss, int Trained) Classify(JsonElement batch)
        {
            var rows = batch.EnumerateArray().Sum(micro => micro.GetArrayLength());
            var sum = batch.EnumerateArray().Sum(micro => ClassificationPass.Run(
                _model, [.. micro.EnumerateArray().Select(row => new TokenSequence(Ids(row), new BitArray(Ids(row).Length), 0))],
                tensor(micro.EnumerateArray().Select(row => row.GetProperty("label").GetInt64()).ToArray()), rows));
            return (sum / rows, rows);
        }

        private static int[] Ids(JsonElement row) => [.. row.GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt32())];

        public void CompareWeights()
        {
            using (new EvaluationWeights(_groups.Count == 1 ? _groups[0].Optimizer.EvaluationWeights() : null))
            {
                Compare("weights", _adapters is null
                    ? _file.Tensors("final.safetensors")
                    : _file.Tensors(_narrow ? "adapter-final-bfloat16.safetensors" : "adapter-final/adapter_model.safetensors"));
            }

            if (_average is null)
                return;
            using var averaged = new EvaluationWeights(_average.Weights(_file.Json.GetProperty("steps").GetArrayLength()));
            Compare("average", _file.Tensors("average.safetensors"));
        }

        private void Compare(string kind, Dictionary<string, Tensor> expected)
        {
            var tolerance = _file.Json.GetProperty(_narrow ? "tolerance_bfloat16" : "tolerance").GetProperty(kind);
            var got = (_adapters?.Parameters ?? _model.Parameters.Values).ToDictionary(parameter => parameter.Name);
            var (allowed, exceptionAllowed) = (0, 0.0);
            if (tolerance.TryGetProperty("exceptions", out var exceptions))
                (allowed, exceptionAllowed) = (exceptions.GetProperty("count").GetInt32(), exceptions.GetProperty("atol").GetDouble());
            var beyond = 0;
            foreach (var (name, tensor) in expected)
            {
                var atol = tolerance.TryGetProperty("parameters", out var own) && own.TryGetProperty(name, out var value) ? value.GetDouble() : tolerance.GetProperty("atol").GetDouble();
                var errors = tensor.Doubles().Zip(got[name].Value.Doubles(), (a, b) => Math.Abs(a - b)).ToArray();
                beyond += errors.Count(error => !(error <= atol));
                var largest = errors.Max();
                _check.Close($"{kind} of {name}", 0, largest > atol && allowed > 0 ? largest * atol / Math.Max(atol, exceptionAllowed) : largest, atol, 0);
            }

            if (beyond > allowed)
                _check.Fail($"{kind}: {beyond} weights beyond the tolerance, {allowed} allowed");
        }

        public void Dispose()
        {
            _groups.ForEach(group => group.Optimizer.Dispose());
            _average?.Dispose();
            _adapters?.Dispose();
            _model.Dispose();
        }

        private LearningRates Rates(double peak)
        {
            var schedule = _file.Json.GetProperty("schedule");
            return ScheduleCase.Rates(schedule.GetProperty("name").GetString()!, peak,
                schedule.TryGetProperty("warmup_steps", out var warmup) ? warmup.GetInt32() : 0,
                schedule.TryGetProperty("total_steps", out var total) ? total.GetInt32() : 1, schedule);
        }

        private void Close(int step, string what, double expected, double got)
        {
            var tolerance = _file.Json.GetProperty(_narrow && what != "learning_rate" ? "tolerance_bfloat16" : "tolerance").GetProperty(what);
            _check.Close($"step {step}: {what}{(_narrow ? " in bf16" : "")}", expected, got, tolerance.GetProperty("atol").GetDouble(), tolerance.GetProperty("rtol").GetDouble());
        }

        private static TokenSequence Sequence(JsonElement row)
        {
            var ids = row.GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
            return new TokenSequence(ids, new BitArray([.. row.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32() != -100)]), 0);
        }
    }
}
