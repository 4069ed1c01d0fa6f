using System.Collections;
using System.Text.Json;
using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Training;
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
        foreach (var key in new[] { "average" }.Where(key => json.TryGetProperty(key, out _)))
            yield return key;
        var loss = json.GetProperty("loss");
        foreach (var property in loss.EnumerateObject())
            yield return property.Name == "kind" ? $"loss:{property.Value.GetString()}" : $"loss:{property.Name}";
        if (json.GetProperty("clip") is { ValueKind: JsonValueKind.Object } clip && clip.TryGetProperty("value", out _))
            yield return "clip:value";
    }

    private sealed class TrajectoryRun : IDisposable
    {
        private readonly CaseFile _file;
        private readonly ConformanceCheck _check;
        private readonly bool _narrow;
        private readonly CausalLanguageModel _model;
        private readonly AdapterSet? _adapters;
        private readonly List<(double LearningRate, AdamW Optimizer)> _groups = [];

        public TrajectoryRun(CaseFile file, ConformanceCheck check, ScalarType type)
        {
            (_file, _check, _narrow) = (file, check, type == ScalarType.BFloat16);
            _model = CausalLanguageModel.Load(Path.Combine(file.Folder, "..", "..", file.Text("base")!), type);
            if (file.Text("trained") == "lora")
                _adapters = PeftFolder.Load(file.PathOf("adapter-initial"), _model);
            var parameters = _model.Parameters.Values.Concat(_adapters?.Parameters ?? []).ToDictionary(parameter => parameter.Name);
            var optimizer = file.Json.GetProperty("optimizer");
            foreach (var group in file.Json.GetProperty("groups").EnumerateArray())
            {
                var trained = group.GetProperty("parameters").EnumerateArray().Select(name => parameters[name.GetString()!]).ToList();
                trained.ForEach(parameter => parameter.Train());
                var decay = group.GetProperty("weight_decay").GetDouble();
                if (decay > 0)
                    _check.SequenceEqual("what decays", trained.Select(parameter => (parameter.Name, true)), trained.Select(parameter => (parameter.Name, AdamW.Decays(parameter.Name))));
                var betas = optimizer.GetProperty("betas");
                _groups.Add((group.GetProperty("learning_rate").GetDouble(),
                    new AdamW(trained, betas[0].GetDouble(), betas[1].GetDouble(), optimizer.GetProperty("eps").GetDouble(), _ => decay)));
            }
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
            var microBatches = batch.EnumerateArray().Select(rows => PackedBatch.Of([.. rows.EnumerateArray().Select(Sequence)])).ToList();
            var trained = microBatches.Sum(micro => micro.Targets.Length);
            var loss = microBatches.Sum(micro => TrainingPass.Run(_model, micro, trained)) / trained;
            var norm = Math.Sqrt(_groups.Sum(group => group.Optimizer.SumOfSquaredGradients()));
            var clip = _file.Json.GetProperty("clip") is { ValueKind: JsonValueKind.Object } clipping ? clipping.GetProperty("norm").GetDouble() : 0;
            Close(step, "loss", expected.GetProperty("loss").GetDouble(), loss);
            Close(step, "grad_norm", expected.GetProperty("grad_norm").GetDouble(), norm);
            _check.Equal($"step {step}: trained_tokens", expected.GetProperty("trained_tokens").GetInt32(), trained);
            for (var i = 0; i < _groups.Count; i++)
            {
                var rate = Rates(_groups[i].LearningRate).At(step);
                Close(step, "learning_rate", expected.GetProperty("learning_rates")[i].GetDouble(), rate);
                _groups[i].Optimizer.Step(rate, Clipping.Factor(norm, clip));
            }
        }

        public void CompareWeights()
        {
            var tolerance = _file.Json.GetProperty(_narrow ? "tolerance_bfloat16" : "tolerance").GetProperty("weights");
            var expected = _adapters is null
                ? _file.Tensors("final.safetensors")
                : _file.Tensors(_narrow ? "adapter-final-bfloat16.safetensors" : "adapter-final/adapter_model.safetensors");
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
                _check.Close($"weights of {name}", 0, largest > atol && allowed > 0 ? largest * atol / Math.Max(atol, exceptionAllowed) : largest, atol, 0);
            }

            if (beyond > allowed)
                _check.Fail($"{beyond} weights beyond the tolerance, {allowed} allowed");
        }

        public void Dispose()
        {
            _groups.ForEach(group => group.Optimizer.Dispose());
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
