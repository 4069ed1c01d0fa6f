using System.Globalization;
using System.Text.Json;
using FineTune.Adapters;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Training.Optimizers;
using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/peft: the tables of targets, refused settings and folders, initial values, parameter counts and defaults.</summary>
public sealed class PeftTableConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> TargetCases => ListFile.Ids("peft/targets.json");

    public static TheoryData<string?> CreateCases => ListFile.Ids("peft/errors.json", "create");

    public static TheoryData<string?> LoadCases => ListFile.Ids("peft/errors.json", "load");

    public static TheoryData<string?> ActionCases => ListFile.Ids("peft/errors.json", "actions");

    public static TheoryData<string?> InitialisationCases => ListFile.Ids("peft/initialisation.json");

    public static TheoryData<string?> CountCases => CaseRows.Of(Counts().Select((_, index) => index.ToString(CultureInfo.InvariantCulture)));

    [Theory, MemberData(nameof(TargetCases))]
    public void Targets(string? id)
    {
        var json = ListFile.Case("peft/targets.json", id);
        var architecture = json.GetProperty("architecture").GetString()!;
        ConformanceRun.Check(report, "peft", $"targets/{id}", [$"base:{architecture}", $"peft_type:{json.GetProperty("method").GetString()!.ToUpperInvariant()}"], check =>
        {
            IReadOnlyList<ModelModule> Matched(out ModuleSelection selection)
            {
                var config = ModelConfig.Load(Base(architecture));
                var options = Options(json.GetProperty("setting"), "LORA", config.ModelType);
                selection = new ModuleSelection(options, ModelShape.Modules(config));
                return selection.Adapted();
            }

            if (json.TryGetProperty("error", out _))
            {
                Refuses(check, () => Matched(out _));
                return;
            }

            var matched = Matched(out var selection);
            check.SequenceEqual("matched", json.GetProperty("matched").EnumerateArray().Select(path => path.GetString()!).Order(), matched.Select(module => module.Path).Order());
            check.SequenceEqual("modules_to_save", json.GetProperty("modules_to_save").EnumerateArray().Select(path => path.GetString()!), selection.Saved().Select(module => module.Path));
        });
    }

    [Theory, MemberData(nameof(CreateCases))]
    public void Create(string? id)
    {
        var json = ListFile.Case("peft/errors.json", id, "create");
        var folder = json.GetProperty("base").GetString()!;
        var kind = json.GetProperty("peft_type").GetString()!;
        ConformanceRun.Check(report, "peft", $"errors/create/{id}", [$"base:{folder}", $"peft_type:{kind}"], check => Verdict(check, json, () =>
        {
            using var model = CausalLanguageModel.Load(Base(folder));
            using var adapters = AdapterSet.Create(model, Options(json.GetProperty("config"), kind, model.Config.ModelType), 1);
            return adapters.Parameters.Sum(parameter => parameter.Count);
        }));
    }

    [Theory, MemberData(nameof(LoadCases))]
    public void Load(string? id)
    {
        var json = ListFile.Case("peft/errors.json", id, "load");
        var folder = json.GetProperty("base").GetString()!;
        ConformanceRun.Check(report, "peft", $"errors/load/{id}", [$"base:{folder}"], check => Verdict(check, json, () =>
        {
            using var model = CausalLanguageModel.Load(Base(folder));
            using var adapters = PeftFolder.Load(Path.Combine(ConformanceFolder.Vectors!, "peft", json.GetProperty("folder").GetString()!), model);
            if (json.TryGetProperty("safe_merge", out _))
                adapters.Merge();
            return null;
        }));
    }

    [Theory, MemberData(nameof(ActionCases))]
    public void Action(string? id)
    {
        var json = ListFile.Case("peft/errors.json", id, "actions");
        ConformanceRun.Check(report, "peft", $"errors/actions/{id}", ["errors:actions"], check => check.Fail(json.ToString()));
    }

    [Theory, MemberData(nameof(InitialisationCases))]
    public void Initialisation(string? id)
    {
        var json = ListFile.Case("peft/initialisation.json", id);
        var kind = json.GetProperty("peft_type").GetString()!;
        ConformanceRun.Check(report, "peft", $"initialisation/{id}", [$"peft_type:{kind}"], check =>
        {
            using var none = no_grad();
            var config = ModelConfig.Load(Base("llama-gqa")) with
            {
                HiddenSize = 192,
                IntermediateSize = 224,
                Heads = 6,
                KeyValueHeads = 3,
                HeadSize = 32,
                VocabularySize = 256,
                Layers = 1,
                TieWordEmbeddings = false,
            };
            using var model = CausalLanguageModel.Random(config, 5, ScalarType.Float32, ScalarType.Float32);
            using var adapters = AdapterSet.Create(model, Options(json.GetProperty("config"), kind, "llama"), 17);
            var parameters = adapters.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
            check.SequenceEqual("tensors", json.GetProperty("tensors").EnumerateObject().Select(tensor => tensor.Name).Order(), parameters.Keys.Order());
            foreach (var tensor in json.GetProperty("tensors").EnumerateObject())
                CompareStatistics(check, tensor.Name, tensor.Value, parameters[tensor.Name]);
            if (json.TryGetProperty("B_A_is_zero", out _))
            {
                var adapter = adapters.Adapters.Single().Adapter;
                check.Close("B A", 0, mm(adapter.B.Value, adapter.A.Value).abs().max().item<float>(), 1e-5, 0);
            }
        });
    }

    [Theory, MemberData(nameof(CountCases))]
    public void Count(string? index)
    {
        CaseRows.SkipIfNone(index);
        var json = Counts()[int.Parse(index, CultureInfo.InvariantCulture)];
        var type = json.GetProperty("model_type").GetString()!;
        ConformanceRun.Check(report, "peft", $"counts/{index}", [$"base:{type}", $"peft_type:{json.GetProperty("peft_type").GetString()}"], check =>
        {
            var folder = Directory.CreateTempSubdirectory("finetune-count-");
            var settings = json.GetProperty("model_config").EnumerateObject().Select(entry => $"\"{entry.Name}\": {entry.Value.GetRawText()}");
            File.WriteAllText(Path.Combine(folder.FullName, "config.json"), $"{{ \"model_type\": \"{type}\", {string.Join(", ", settings)} }}");
            var config = ModelConfig.Load(folder.FullName);
            folder.Delete(recursive: true);
            var size = AdapterSize.Of(Options(json.GetProperty("config"), "LORA", type), ModelShape.Modules(config));
            check.Equal("trainable", json.GetProperty("trainable").GetInt64(), size.Parameters);
            check.Equal("all", json.GetProperty("all").GetInt64(), ModelShape.Parameters(config) + size.Parameters);
        });
    }

    public static TheoryData<string?> LoraplusCases => ListFile.Ids("peft/loraplus.json");

    [Theory, MemberData(nameof(LoraplusCases))]
    public void Loraplus(string? id)
    {
        var json = ListFile.Case("peft/loraplus.json", id);
        var folder = json.GetProperty("base").GetString()!;
        ConformanceRun.Check(report, "peft", $"loraplus/{id}", [$"base:{folder}"], check =>
        {
            using var model = CausalLanguageModel.Load(Base(folder));
            using var adapters = AdapterSet.Create(model, Options(json.GetProperty("config"), "LORA", model.Config.ModelType), 1);
            var arguments = json.GetProperty("arguments");
            double Argument(string name, double otherwise) => arguments.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
            var rate = Argument("lr", 0);
            var groups = ParameterGroup.Of(adapters.Parameters, new TrainingOptions
            {
                LoraplusLrRatio = Argument("loraplus_lr_ratio", 1),
                LoraplusLrEmbedding = Argument("loraplus_lr_embedding", 1e-6),
                WeightDecay = Argument("loraplus_weight_decay", 0),
            }, rate);
            var got = groups.SelectMany(group => group.Parameters.Select(parameter => (parameter.Name, Rate: group.RateFactor * rate, group.WeightDecay))).ToDictionary(entry => entry.Name);
            var names = new List<string>();
            foreach (var group in json.GetProperty("groups").EnumerateArray())
            {
                foreach (var name in group.GetProperty("parameters").EnumerateArray().Select(name => name.GetString()!))
                {
                    names.Add(name);
                    check.Close($"rate of {name}", group.GetProperty("lr").GetDouble(), got[name].Rate, 0, 1e-9);
                    check.Equal($"decay of {name}", group.GetProperty("weight_decay").GetDouble(), got[name].WeightDecay);
                }
            }

            check.SequenceEqual("parameters", names.Order(), got.Keys.Order());
        });
    }

    [Fact]
    public void Default_targets()
    {
        ConformanceFolder.SkipIfAbsent();
        var path = Path.Combine(ConformanceFolder.Vectors!, "peft", "default-targets.json");
        Assert.SkipUnless(File.Exists(path), "The conformance folder has no default targets.");
        ConformanceRun.Check(report, "peft", "default-targets", [], check =>
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var compared = 0;
            foreach (var row in json.RootElement.GetProperty("tables").GetProperty("lora").EnumerateObject())
            {
                if (DefaultTargets.Of(row.Name) is not { } ours)
                    continue;
                check.SequenceEqual(row.Name, row.Value.EnumerateArray().Select(name => name.GetString()!), ours);
                compared++;
            }

            check.Equal("families", true, compared > 0);
        });
    }

    // min, max, mean and standard deviation of one draw: within five standard errors, and a fixed value exactly.
    private static void CompareStatistics(ConformanceCheck check, string name, JsonElement expected, Tensor got)
    {
        check.SequenceEqual($"shape of {name}", expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), got.shape);
        double Of(string key) => expected.GetProperty(key).GetDouble();
        var deviation = Of("std");
        var error = 5 / Math.Sqrt(got.numel());
        check.Close($"mean of {name}", Of("mean"), got.mean().item<float>(), Math.Max(1e-4, deviation * error * 1.5), 0);
        check.Close($"deviation of {name}", deviation, got.std().item<float>(), 1e-4, error);
        check.Close($"largest of {name}", Of("max"), got.max().item<float>(), 1e-4, deviation == 0 ? 0 : 0.6);
        check.Close($"smallest of {name}", Of("min"), got.min().item<float>(), 1e-4, deviation == 0 ? 0 : 0.6);
    }

    private static void Verdict(ConformanceCheck check, JsonElement json, Func<long?> act)
    {
        var mayRefuse = json.TryGetProperty("may_refuse", out var may) && may.GetBoolean();
        if (json.GetProperty("exception").ValueKind != JsonValueKind.Null)
        {
            Refuses(check, () => act());
            return;
        }

        try
        {
            if (act() is { } count && json.TryGetProperty("trainable_parameters", out var trainable))
                check.Equal("trainable parameters", trainable.GetInt64(), count);
        }
        catch (FineTuneException) when (mayRefuse)
        {
            // A clear error is as right.
        }
    }

    private static void Refuses(ConformanceCheck check, Action act)
    {
        try
        {
            act();
            check.Fail("it is accepted");
        }
        catch (FineTuneException)
        {
            // As expected.
        }
    }

    private static LoraOptions Options(JsonElement settings, string kind, string modelType)
    {
        var text = $"{{ \"peft_type\": \"{kind}\"{string.Concat(settings.EnumerateObject().Select(entry => $", \"{entry.Name}\": {entry.Value.GetRawText()}"))} }}";
        var root = JsonDocument.Parse(text).RootElement;
        return new PeftConfigReader(new JsonSettings(root, "adapter_config.json"), root, modelType).Read();
    }

    private static string Base(string name) => Path.Combine(ConformanceFolder.Vectors!, "peft", "bases", name);

    private static IReadOnlyList<JsonElement> Counts() =>
        ConformanceFolder.Vectors is { } root && Path.Combine(root, "peft", "counts.json") is var path && File.Exists(path)
            ? [.. JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("cases").EnumerateArray()]
            : [];
}
