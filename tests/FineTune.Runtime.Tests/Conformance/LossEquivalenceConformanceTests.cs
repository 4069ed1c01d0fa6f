using System.Collections;
using System.Text.Json;
using FineTune.Data;
using FineTune.Models;
using FineTune.Storage;
using FineTune.Tensors;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/training/loss-equivalence.json: packed is unpacked, chunked is whole, tied heads gather both gradients.</summary>
public sealed class LossEquivalenceConformanceTests(ConformanceReport report)
{
    private const string Path = "training/loss-equivalence.json";

    public static TheoryData<string?> PackedCases => ListFile.Ids(Path, "packed");

    public static TheoryData<string?> ChunkedCases => ListFile.Ids(Path, "chunked");

    public static TheoryData<string?> TiedCases => ListFile.Ids(Path, "tied");

    [Theory, MemberData(nameof(PackedCases))]
    public void Packed(string? id) => Check(id, "packed", json => [Base(json)], (json, check) =>
    {
        using var model = Load(json);
        var batch = Batch(json);
        var tolerance = json.GetProperty("tolerance");
        var losses = TrainingPass.Losses(model, batch).Select(loss => (double)loss).ToArray();
        check.Equal("trained_tokens", json.GetProperty("trained_tokens").GetInt32(), losses.Length);
        check.Close("token_losses", json.GetProperty("token_losses").EnumerateArray().Select(loss => loss.GetDouble()).ToArray(), losses, tolerance.GetProperty("token_losses").GetDouble(), 0);
        check.Close("mean_loss", json.GetProperty("mean_loss").GetDouble(), losses.Average(), tolerance.GetProperty("mean_loss").GetDouble(), 0);
        using var context = model.Context(batch.Layout);
        var logits = model.Logits(model.Forward(batch.Tokens, context)).index_select(0, tensor(batch.Predictors, dtype: ScalarType.Int64));
        check.Close("logits", Read(json, "logits").Doubles(), logits.Doubles(), tolerance.GetProperty("logits").GetDouble(), 0);
    });

    [Theory, MemberData(nameof(ChunkedCases))]
    public void Chunked(string? id) => Check(id, "chunked", _ => [], (json, check) =>
    {
        var (hidden, weight, labels) = (Read(json, "hidden"), Read(json, "weight"), Read(json, "labels").Integers());
        using var head = new Parameter("lm_head.weight", weight.clone());
        head.Train();
        var layer = new LinearLayer("lm_head", head, null);
        var trained = Enumerable.Range(0, labels.Length).Where(row => labels[row] != -100).ToArray();
        var (loss, gradHidden) = (0.0, zeros_like(hidden));
        var shaped = new TokenLoss(json.GetProperty("label_smoothing").GetDouble(), json.GetProperty("z_loss").GetDouble(), Dynamic: false);
        foreach (var chunk in trained.Chunk(json.GetProperty("chunk").GetInt32()))
        {
            using var state = new LinearState();
            var rows = RowGather.Take(hidden, chunk, ScalarType.Float32);
            var logits = layer.Forward(rows, state: state);
            var targets = chunk.Select(row => labels[row]).ToArray();
            loss += shaped is { LabelSmoothing: 0, ZLoss: 0 }
                ? CrossEntropy.GradientInPlace(logits, targets, 1f / trained.Length).Sum(value => (double)value)
                : shaped.GradientInPlace(logits, targets, 1f / trained.Length);
            layer.AddGradients(logits, rows, state);
            gradHidden.index_copy_(0, tensor(chunk, dtype: ScalarType.Int64), layer.InputGradient(logits, state));
        }

        var tolerance = json.GetProperty("tolerance");
        check.Close("loss", json.GetProperty("loss").GetDouble(), loss / trained.Length, 0, tolerance.GetProperty("loss_rtol").GetDouble());
        check.Close("grad_hidden", Read(json, "grad_hidden").Doubles(), gradHidden.Doubles(), tolerance.GetProperty("grad_atol").GetDouble(), 0);
        check.Close("grad_weight", Read(json, "grad_weight").Doubles(), head.Gradient!.Doubles(), tolerance.GetProperty("grad_atol").GetDouble(), 0);
    });

    [Theory, MemberData(nameof(TiedCases))]
    public void Tied(string? id) => Check(id, "tied", json => [Base(json)], (json, check) =>
    {
        using var model = Load(json);
        model.Embedding.Train();
        var batch = Batch(json);
        TrainingPass.Run(model, batch, batch.Targets.Length);
        check.Close("grad", Read(json, "grad").Doubles(), model.Embedding.Gradient!.Doubles(), json.GetProperty("tolerance").GetProperty("atol").GetDouble(), 0);
    });

    private void Check(string? id, string array, Func<JsonElement, IEnumerable<string>> features, Action<JsonElement, ConformanceCheck> compare)
    {
        var json = ListFile.Case(Path, id, array);
        ConformanceRun.Check(report, "training", $"loss-equivalence/{id}", features(json), check =>
        {
            using var scope = NewDisposeScope();
            compare(json, check);
        });
    }

    private static string Base(JsonElement json) => $"base:{System.IO.Path.GetFileName(json.GetProperty("base").GetString())}";

    private static CausalLanguageModel Load(JsonElement json) =>
        CausalLanguageModel.Load(System.IO.Path.Combine(ConformanceFolder.Vectors!, "training", json.GetProperty("base").GetString()!));

    private static PackedBatch Batch(JsonElement json) => PackedBatch.Of([.. json.GetProperty("rows").EnumerateArray().Select(row =>
    {
        var ids = row.EnumerateArray().Select(id => id.GetInt32()).ToArray();
        return new TokenSequence(ids, new BitArray(ids.Length, true), 0);
    })]);

    private static Tensor Read(JsonElement json, string key)
    {
        using var reader = SafetensorsReader.Open(System.IO.Path.Combine(ConformanceFolder.Vectors!, "training", "loss-equivalence.safetensors"));
        return reader.Read(json.GetProperty(key).GetString()!);
    }
}
