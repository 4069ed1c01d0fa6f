using System.Collections;
using System.Text.Json;
using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Training;
using FineTune.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/peft: adapter folders as PEFT writes them, and what the models then give.</summary>
public sealed class PeftConformanceTests(ConformanceReport report)
{
    // Settings of adapter_config.json that a plain adapter leaves at these values.
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["fan_in_fan_out"] = "false",
        ["layer_replication"] = "null",
        ["target_parameters"] = "null",
        ["trainable_token_indices"] = "null",
    };

    public static TheoryData<string?> Cases => CaseFile.Ids("peft");

    [Theory, MemberData(nameof(Cases))]
    public void Adapter(string? id)
    {
        var file = CaseFile.Open("peft", id);
        ConformanceRun.Check(report, "peft", file.Text("id")!, Features(file), check =>
        {
            using var scope = NewDisposeScope();
            var test = new AdapterCase(file, check);
            if (file.Text("kind") == "conversion")
            {
                test.CompareConversion();
                return;
            }

            test.CompareOutputs();
            test.CompareGradients();
            test.CompareTrajectory();
            test.CompareMerged();
            test.CompareInitialization();
        });
    }

    private static IEnumerable<string> Features(CaseFile file)
    {
        yield return $"kind:{file.Text("kind")}";
        yield return $"base:{file.Text("base")}";
        yield return $"peft_type:{file.Text("peft_type")}";
        var config = file.PathOf("adapter/adapter_config.json");
        if (!File.Exists(config))
            yield break;
        using var json = JsonDocument.Parse(File.ReadAllBytes(config));
        foreach (var (key, plain) in Plain)
        {
            if (json.RootElement.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null && JsonSerializer.Serialize(value) != plain)
                yield return $"setting:{key}";
        }

        if (!json.RootElement.TryGetProperty("target_modules", out var targets))
            yield break;
        if (targets.ValueKind == JsonValueKind.Array && targets.EnumerateArray().Any(target => target.GetString()!.EndsWith("lm_head", StringComparison.Ordinal)))
            yield return "targets:lm_head";
    }

    private sealed class AdapterCase(CaseFile file, ConformanceCheck check)
    {
        private readonly Dictionary<string, Tensor> _inputs = file.Tensors("inputs.safetensors");
        private readonly Dictionary<string, Tensor> _expected = file.Tensors("expected.safetensors");

        public void CompareOutputs()
        {
            using var model = Load();
            if (_expected.ContainsKey("base_logits"))
                Compare("base_logits", Logits(model));
            using var adapters = PeftFolder.Load(file.PathOf("adapter"), model);
            check.Equal("trainable parameters", (long)file.Scalar("trainable_parameters"), adapters.Parameters.Sum(parameter => parameter.Count));
            Compare("logits", Logits(model));
            adapters.Enable(false, keepBiases: true);
            var disabled = _expected.ContainsKey("disabled_logits") ? "disabled_logits" : "base_logits";
            if (_expected.ContainsKey(disabled))
                Compare(disabled, Logits(model));
            adapters.Enable(true);
            if (_expected.TryGetValue("greedy_ids", out var greedy))
                check.SequenceEqual("greedy_ids", greedy.Integers(), Greedy(model, greedy.Integers().Length));
        }

        public void CompareGradients()
        {
            using var model = Load();
            using var adapters = WithoutDropout(PeftFolder.Load(file.PathOf("adapter"), model));
            var loss = Pass(model);
            Close("loss", file.Scalar("loss"), loss, "loss");
            var gradients = adapters.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Gradient!);
            if (file.Json.TryGetProperty("grad_norms", out var norms))
            {
                foreach (var norm in norms.EnumerateObject())
                    Close($"norm of gradient of {norm.Name}", norm.Value.GetDouble(), gradients[norm.Name].norm().ToDouble(), "grad_norm");
            }

            var tolerance = file.Json.GetProperty("tolerances").GetProperty("grad");
            var (relative, factor) = (tolerance[1].GetDouble(), double.Parse(tolerance[0].GetString()!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
            foreach (var (name, gradient) in _expected.Where(pair => pair.Key.StartsWith("grad.", StringComparison.Ordinal)))
            {
                // As the area's README states: a factor times max(0.02, max|b|) over the tensor.
                var absolute = factor * Math.Max(0.02, gradient.abs().max().ToDouble());
                check.Close(name, gradient.Doubles(), gradients[name[5..]].Doubles(), absolute, relative);
            }
        }

        public void CompareTrajectory()
        {
            if (!file.Json.TryGetProperty("trajectory", out var trajectory) || trajectory.ValueKind != JsonValueKind.Object)
                return;
            using var model = Load();
            using var adapters = WithoutDropout(PeftFolder.Load(file.PathOf(trajectory.GetProperty("start").GetString()!), model));
            var betas = trajectory.GetProperty("betas");
            var (decay, rate) = (trajectory.GetProperty("weight_decay").GetDouble(), trajectory.GetProperty("lr").GetDouble());
            // Without LoRA+ the cases decay everything.
            var groups = trajectory.TryGetProperty("loraplus_lr_ratio", out var ratio)
                ? ParameterGroup.Of(adapters.Parameters, new() { LoraplusLrRatio = ratio.GetDouble(), WeightDecay = decay }, rate)
                : [new ParameterGroup([.. adapters.Parameters], 1, decay)];
            using Optimizer optimizer = trajectory.GetProperty("optimizer").GetString() == "SGD"
                ? new Sgd(groups, 0, 0, nesterov: false)
                : new AdamW(groups, betas[0].GetDouble(), betas[1].GetDouble(), trajectory.GetProperty("eps").GetDouble());
            var losses = trajectory.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble()).ToList();
            var norms = trajectory.GetProperty("grad_norms").EnumerateArray().Select(norm => norm.GetDouble()).ToList();
            for (var step = 0; step < norms.Count; step++)
            {
                Close($"loss before step {step}", losses[step], Pass(model), "trajectory_loss");
                Close($"gradient norm of step {step}", norms[step], optimizer.GradientNorm(), "grad_norm");
                optimizer.Step(rate, 1);
            }

            Close("last loss", losses[^1], LossOf(model), "trajectory_loss");
            var trained = adapters.Parameters.ToDictionary(parameter => parameter.Name);
            var (absolute, relative) = file.Tolerance("final");
            foreach (var (name, final) in file.Tensors("trajectory.safetensors").Where(pair => pair.Key.StartsWith("final.", StringComparison.Ordinal)))
                check.Close(name, final.Doubles(), trained[name[6..]].Value.Doubles(), absolute, relative);
        }

        public void CompareMerged()
        {
            if (!file.Json.GetProperty("merge").GetBoolean())
                return;
            using var model = Load();
            using var adapters = PeftFolder.Load(file.PathOf("adapter"), model);
            adapters.Merge();
            Compare("merged_logits", Logits(model));
            var (absolute, relative) = file.Tolerance("weights");
            foreach (var (name, merged) in _expected.Where(pair => pair.Key.StartsWith("merged.", StringComparison.Ordinal)))
                check.Close(name, merged.Doubles(), Weight(model, name[7..]).Doubles(), absolute, relative);
            foreach (var norm in file.Json.GetProperty("merged_norms").EnumerateObject())
            {
                using var wide = Weight(model, norm.Name).to(ScalarType.Float64);
                check.Close($"norm of merged {norm.Name}", norm.Value.GetDouble(), wide.norm().ToDouble(), absolute, Math.Max(relative, 1e-4));
            }
        }

        // PiSSA and OLoRA as a plain adapter: the folder that is written is loaded on the unchanged base.
        public void CompareConversion()
        {
            using var none = no_grad();
            using var model = Load();
            Compare("base_logits", Logits(model));
            using var initial = PeftFolder.Load(file.PathOf("adapter-initial"), model);
            using var second = Load();
            using (var trained = PeftFolder.Load(file.PathOf("adapter-trained"), second))
            {
                Compare("logits.trained", Logits(second));
                var taken = initial.Adapters.ToDictionary(pair => pair.Module.Path, pair => (pair.Adapter.A.Value, pair.Adapter.B.Value));
                CompareWritten(trained, taken);
            }

            using var third = Load();
            using var converted = PeftFolder.Load(file.PathOf("adapter-converted"), third);
            Compare("logits.converted", Logits(third));
        }

        private void CompareWritten(AdapterSet trained, IReadOnlyDictionary<string, (Tensor A, Tensor B)> taken)
        {
            var options = PlainLora.Options(trained.Options);
            check.Equal("rank", (int)file.Scalar("rank"), options.Rank);
            check.Close("alpha", file.Scalar("alpha"), options.Alpha, 1e-9, 0);
            var tensors = PlainLora.Tensors(trained, taken).ToDictionary();
            var written = file.Tensors("adapter-converted/adapter_model.safetensors");
            check.SequenceEqual("tensors", written.Keys.Order(), tensors.Keys.Order());
            foreach (var (name, tensor) in written)
                check.Close(name, tensor.Doubles(), tensors[name].Doubles(), 0, 0);
        }

        public void CompareInitialization()
        {
            var products = _expected.Where(pair => pair.Key.StartsWith("product.", StringComparison.Ordinal)).ToList();
            if (products.Count == 0)
                return;
            using var none = no_grad();
            using var model = Load();
            using var loaded = PeftFolder.Load(file.PathOf("adapter"), model);
            using var other = Load();
            using var fresh = AdapterSet.Create(other, loaded.Options, seed: 1);
            var (absolute, relative) = file.Tolerance("weights");
            foreach (var (name, product) in products)
            {
                foreach (var set in new[] { loaded, fresh })
                {
                    var adapter = set.Adapters.Single(pair => pair.Module.Path == name[8..]).Adapter;
                    check.Close(name, product.Doubles(), (mm(adapter.B.Value, adapter.A.Value) * adapter.Scale).Doubles(), absolute, relative);
                }
            }
        }

        private static Tensor Weight(CausalLanguageModel model, string name) =>
            (model.Parameters.TryGetValue(name, out var parameter) ? parameter : model.Head.Weight).Value;

        // The cases are computed in evaluation mode.
        private static AdapterSet WithoutDropout(AdapterSet adapters)
        {
            foreach (var (_, adapter) in adapters.Adapters)
                adapter.Dropout = 0;
            return adapters;
        }

        private CausalLanguageModel Load()
        {
            var type = file.Text("dtype") == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32;
            return CausalLanguageModel.Load(Path.Combine(file.Folder, "..", "bases", file.Text("base")!), ScalarType.Float32, type);
        }

        private Tensor Logits(CausalLanguageModel model)
        {
            if (Classifies)
                return ClassificationPass.Scores(model, Sequences);
            var rows = Real(_inputs["input_ids"]);
            using var context = model.Context(new SequenceLayout([.. rows.Select(row => row.Length)]));
            return model.Logits(model.Forward(rows.SelectMany(row => row).ToArray(), context));
        }

        private int[] Greedy(CausalLanguageModel model, int count)
        {
            var ids = Real(_inputs["input_ids"])[0].ToList();
            var start = ids.Count;
            for (var i = 0; i < count; i++)
            {
                using var scope = NewDisposeScope();
                using var context = model.Context(new SequenceLayout([ids.Count]));
                var logits = model.Logits(model.Forward(ids.ToArray(), context));
                ids.Add((int)logits[ids.Count - 1].argmax().item<long>());
            }

            return [.. ids[start..]];
        }

        private bool Classifies => file.Text("task") == "seqcls";

        private List<TokenSequence> Sequences => [.. Real(_inputs["input_ids"]).Select(ids => new TokenSequence(ids, new BitArray(ids.Length), 0))];

        // The mean loss; adds its gradients.
        private double Pass(CausalLanguageModel model)
        {
            if (Classifies)
                return ClassificationPass.Run(model, Sequences, _inputs["labels"], Sequences.Count) / Sequences.Count;
            var batch = Batch();
            return TrainingPass.Run(model, batch, batch.Targets.Length) / batch.Targets.Length;
        }

        private double LossOf(CausalLanguageModel model) => Classifies
            ? nn.functional.cross_entropy(ClassificationPass.Scores(model, Sequences), _inputs["labels"]).ToDouble()
            : TrainingPass.Losses(model, Batch()).Average();

        private PackedBatch Batch() => PackedBatch.Of([.. Real(_inputs["input_ids"]).Zip(Real(_inputs["labels"]), (ids, labels) =>
            new TokenSequence(ids, new BitArray([.. labels.Select(label => label != -100)]), 0))]);

        private void Compare(string name, Tensor got)
        {
            var (absolute, relative) = file.Tolerance("logits");
            var wanted = _expected[name];
            if (!Classifies)
                wanted = wanted.view(-1, got.shape[1])[_inputs["attention_mask"].reshape(-1).to(ScalarType.Bool)];
            check.Close(name, wanted.Doubles(), got.Doubles(), absolute, relative);
        }

        private void Close(string name, double expected, double got, string tolerance)
        {
            var (absolute, relative) = file.Tolerance(tolerance);
            check.Close(name, expected, got, absolute, relative);
        }

        private int[][] Real(Tensor values) =>
            [.. values.Rows().Zip(_inputs["attention_mask"].Rows(), (row, keep) => row.Where((_, i) => keep[i] == 1).ToArray())];
    }
}
