using System.Collections;
using FineTune.Data;
using FineTune.Generation;
using FineTune.Models;
using FineTune.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/models: logits, hidden states, losses, gradients and packing of whole models.</summary>
public sealed class ModelConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Cases => CaseFile.Ids("models");

    [Theory, MemberData(nameof(Cases))]
    public void Model(string? id)
    {
        var file = CaseFile.Open("models", id);
        ConformanceRun.Check(report, "models", file.Text("id")!, Features(file), check =>
        {
            foreach (var config in new[] { "config.json", "config.alt.json" })
            {
                if (!File.Exists(file.PathOf(config)))
                    continue;
                using var scope = NewDisposeScope();
                using var folder = ModelFolderCopy.With(file.Folder, config);
                using var model = CausalLanguageModel.Load(folder.Path);
                new ModelCase(file, model, check).Compare();
            }
        });
    }

    private static IEnumerable<string> Features(CaseFile file) =>
        [$"family:{file.Text("family")}", $"kind:{file.Text("kind")}", $"weights:{file.Text("weights")}", $"task:{file.Text("task")}"];

    private sealed class ModelCase(CaseFile file, CausalLanguageModel model, ConformanceCheck check)
    {
        private readonly Dictionary<string, Tensor> _inputs = file.Tensors("inputs.safetensors");
        private readonly Dictionary<string, Tensor> _expected = file.Tensors("expected.safetensors");

        public void Compare()
        {
            if (file.Text("task") == "seqcls")
            {
                Classifier();
                return;
            }

            if (_inputs.TryGetValue("attention_mask", out var mask))
                Padded("logits", _inputs["input_ids"], mask, hidden: true);
            else
                Padded("logits", _inputs["input_ids"], ones_like(_inputs["input_ids"]), hidden: _expected.ContainsKey("last_hidden_state"));
            if (_expected.ContainsKey("left_logits"))
                Padded("left_logits", _inputs["left_input_ids"], _inputs["left_attention_mask"], hidden: false);
            if (_expected.ContainsKey("packed_logits"))
                Packed();
            if (_expected.ContainsKey("greedy_ids"))
                Greedy();
            if (_inputs.ContainsKey("labels"))
                LossAndGradients(_inputs.GetValueOrDefault("attention_mask"));
        }

        private void Classifier()
        {
            foreach (var side in new[] { "", "left_" })
            {
                if (!_expected.ContainsKey($"{side}logits"))
                    continue;
                var scores = ClassificationPass.Scores(model, Sequences(Real(_inputs[$"{side}input_ids"], _inputs[$"{side}attention_mask"])));
                Compare($"{side}logits", _expected[$"{side}logits"], scores, "logits");
            }

            foreach (var parameter in model.Parameters.Values)
                parameter.Train();
            var sequences = Sequences(Real(_inputs["input_ids"], _inputs["attention_mask"]));
            var labels = _inputs["labels"];
            var targets = labels.dtype == ScalarType.Int64 ? labels : labels.view(sequences.Count, -1);
            var divisor = targets.numel();
            var loss = ClassificationPass.Run(model, sequences, targets, divisor) / divisor;
            var (absolute, relative) = file.Tolerance("loss");
            check.Close("loss", file.Scalar("loss"), loss, absolute, relative);
            CompareGradients();
        }

        private static List<TokenSequence> Sequences(int[][] rows) => [.. rows.Select(ids => new TokenSequence(ids, new BitArray(ids.Length), 0))];

        private void Padded(string name, Tensor ids, Tensor mask, bool hidden)
        {
            var rows = Real(ids, mask);
            var layout = new SequenceLayout([.. rows.Select(row => row.Length)]);
            using var context = model.Context(layout);
            var stream = model.Forward(rows.SelectMany(row => row).ToArray(), context);
            var attended = mask.reshape(-1).to(ScalarType.Bool);
            Compare(name, _expected[name].view(-1, model.Config.VocabularySize)[attended], model.Logits(stream), "logits");
            if (!hidden)
                return;
            var (normed, _) = FineTune.Tensors.RmsNorm.Forward(stream, model.FinalNorm.Value, model.Config.RmsNormEpsilon);
            Compare("last_hidden_state", _expected["last_hidden_state"].view(-1, model.Config.HiddenSize)[attended], normed, "hidden");
        }

        private void Packed()
        {
            var sequences = _inputs["packed_sequence_ids"].Integers();
            var layout = new SequenceLayout([.. sequences.GroupBy(sequence => sequence).Select(group => group.Count())]);
            Assert.Equal(_inputs["packed_position_ids"].Integers(), layout.PositionIds());
            using var context = model.Context(layout);
            var logits = model.Logits(model.Forward(_inputs["packed_input_ids"].Integers(), context));
            Compare("packed_logits", _expected["packed_logits"], logits, "logits");
        }

        private void Greedy()
        {
            var prompts = _inputs.TryGetValue("left_input_ids", out var left)
                ? Real(left, _inputs["left_attention_mask"])
                : _inputs["prompt_ids"].Rows();
            Greedy("greedy_ids", prompts);
            if (_expected.ContainsKey("greedy_ids_from_bos"))
                Greedy("greedy_ids_from_bos", _inputs["bos_ids"].Rows());
        }

        private void Greedy(string name, int[][] prompts)
        {
            var expected = _expected[name].Rows();
            var got = new TokenGenerator(model, stops: []).Generate(prompts, new GenerationOptions { MaxNewTokens = expected[0].Length });
            for (var i = 0; i < expected.Length; i++)
                check.SequenceEqual($"{name}[{i}]", expected[i], got[i]);
        }

        private void LossAndGradients(Tensor? mask)
        {
            var rows = Real(_inputs["input_ids"], mask ?? ones_like(_inputs["input_ids"]));
            var labels = Real(_inputs["labels"], mask ?? ones_like(_inputs["input_ids"]));
            var batch = PackedBatch.Of([.. rows.Zip(labels, (ids, label) =>
                new TokenSequence(ids, new BitArray([.. label.Select(target => target != -100)]), 0))]);
            foreach (var parameter in model.Parameters.Values)
                parameter.Train();
            var (absolute, relative) = file.Tolerance("logprobs");
            var logProbabilities = _expected["label_logprobs"].Doubles().Where(value => value != 0).Select(value => -value).ToArray();
            check.Close("label_logprobs", logProbabilities, [.. TrainingPass.Losses(model, batch).Select(value => (double)value)], absolute, relative);

            var loss = TrainingPass.Run(model, batch, batch.Targets.Length) / batch.Targets.Length;
            (absolute, relative) = file.Tolerance("loss");
            check.Close("loss", file.Scalar("loss"), loss, absolute, relative);
            CompareGradients();
        }

        private void CompareGradients()
        {
            double absolute, relative;
            foreach (var norm in file.Json.GetProperty("grad_norms").EnumerateObject())
            {
                (absolute, relative) = file.Tolerance("grad_norm");
                check.Close($"norm of gradient of {norm.Name}", norm.Value.GetDouble(), model.Parameters[norm.Name].Gradient!.norm().ToDouble(), absolute, relative);
            }

            (absolute, relative) = file.Tolerance("grad_of_max");
            foreach (var (name, gradient) in _expected.Where(pair => pair.Key.StartsWith("grad.", StringComparison.Ordinal)))
            {
                var largest = gradient.abs().max().ToDouble();
                check.Close(name, gradient.Doubles(), model.Parameters[name[5..]].Gradient!.Doubles(), absolute * largest, relative);
            }
        }

        private void Compare(string name, Tensor expected, Tensor got, string tolerance)
        {
            var (absolute, relative) = file.Tolerance(tolerance);
            check.Close(name, expected.Doubles(), got.Doubles(), absolute, relative);
        }

        private static int[][] Real(Tensor values, Tensor mask) =>
            [.. values.Rows().Zip(mask.Rows(), (row, keep) => row.Where((_, i) => keep[i] == 1).ToArray())];
    }
}
