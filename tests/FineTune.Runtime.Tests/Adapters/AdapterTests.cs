using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tests.Training;
using FineTune.Training;
using FineTune.Training.Optimizers;
using static TorchSharp.torch;

namespace FineTune.Tests.Adapters;

/// <summary>What adapters of each kind do to a model, saved, loaded and merged.</summary>
/// <remarks>Dropout draws from the process's random numbers, which resumed runs in other tests count on.</remarks>
[Collection(nameof(RandomState))]
public sealed class AdapterTests : IDisposable
{
    private readonly TinyProject _project = new(4);

    public static TheoryData<string> Kinds => ["plain", "dora", "head", "saved", "embedding", "saved tied", "pissa", "olora rslora", "patterns", "dora embedding"];

    public void Dispose() => _project.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public void A_trained_adapter_is_the_same_after_it_is_saved_and_after_it_is_merged(string kind)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var model = Load();
        var plain = Logits(model);
        var folder = Path.Combine(_project.Root, "adapter");
        Tensor tuned;
        using (var adapters = AdapterSet.Create(model, Options(kind), seed: 3))
        {
            AssertClose(plain, Logits(model), 2e-5);
            Train(model, adapters);
            tuned = Logits(model);
            Assert.True((tuned - plain).abs().max().item<float>() > 1e-2);
            PeftFolder.Save(folder, adapters, "base");
        }

        using var second = Load();
        using var loaded = PeftFolder.Load(folder, second);
        AssertClose(tuned, Logits(second), 2e-5);
        loaded.Enable(false);
        AssertClose(plain, Logits(second), 2e-5);
        loaded.Enable(true);
        loaded.Merge();
        AssertClose(tuned, Logits(second), 5e-5);

        // A merged model is a folder like any other, tied or not.
        var merged = Path.Combine(_project.Root, "merged");
        ModelFolder.Save(merged, second, _project.ModelFolderPath, ScalarType.Float32);
        using var whole = CausalLanguageModel.Load(merged);
        AssertClose(tuned, Logits(whole), 5e-5);
    }

    [Fact]
    public void What_is_not_trained_keeps_its_bits_and_what_is_has_the_names_of_peft()
    {
        using var none = no_grad();
        using var model = Load();
        var before = model.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.Value.clone());
        using var adapters = AdapterSet.Create(model, new LoraOptions { Rank = 2, Targets = ["q_proj"], LayersToTransform = [1], ModulesToSave = ["model.norm"], UseDora = true }, 1);
        Assert.Equal(
            [
                "base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight", "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight",
                "base_model.model.model.layers.1.self_attn.q_proj.lora_magnitude_vector", "base_model.model.model.norm.weight",
            ],
            adapters.Parameters.Select(parameter => parameter.Name));
        Train(model, adapters);
        adapters.Enable(false);
        Assert.All(before, pair => Assert.True(pair.Value.eq(model.Parameters[pair.Key].Value).all().item<bool>()));
    }

    [Fact]
    public void Names_that_mean_nothing_are_mistakes()
    {
        AssertRefused("FT5401", new() { Targets = ["q_proj", "query"] });
        AssertRefused("FT5401", new() { Targets = ["input_layernorm"] });
        AssertRefused("FT5401", new() { Targets = ["mlp"] });
        AssertRefused("FT5401", new() { TargetPattern = "q_proj" });
        AssertRefused("FT5210", new() { TargetPattern = "(a" });
        AssertRefused("FT5210", new() { RankPattern = [new("(a", 2)] });
        AssertRefused("FT5211", new() { Targets = ["q_proj"], ExcludeModules = ["q_proj"] });
        AssertRefused("FT5211", new() { Targets = ["q_proj"], ModulesToSave = ["self_attn"] });
        AssertRefused("FT5212", new() { ExcludeModules = ["mlp"] });
        AssertRefused("FT5212", new() { ExcludePattern = "down_proj" });
        AssertRefused("FT5212", new() { ModulesToSave = ["classifier"] });
        AssertRefused("FT5212", new() { LayersToTransform = [2] });
        AssertRefused("FT5212", new() { RankPattern = [new("q_proj", 2)], Targets = ["v_proj"] });
        AssertRefused("FT5212", new() { AlphaPattern = [new("embed_tokens", 2)] });
        AssertRefused("FT5212", new() { Bias = LoraBiases.All });
        AssertRefused("FT5213", new() { Targets = ["embed_tokens"], EnsureWeightTying = true });
        AssertRefused("FT5214", new() { Rank = 3, Initialization = LoraInitialization.Orthogonal });
        AssertRefused("FT5214", new() { Rank = 33, Initialization = LoraInitialization.Pissa });
    }

    [Fact]
    public void A_bias_of_a_layer_without_one_cannot_be_merged()
    {
        using var none = no_grad();
        using var model = Load();
        using var adapters = AdapterSet.Create(model, new LoraOptions { Rank = 2, LoraBias = true }, 1);
        Assert.Equal("FT5215", Assert.Throws<FineTuneException>(adapters.Merge).Code);
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.3, false)]
    [InlineData(0.0, true)]
    [InlineData(0.3, true)]
    public void The_gradients_of_an_adapted_layer_are_those_of_its_formula(double dropout, bool decomposed)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        Tensor New(params long[] shape) => randn(shape, generator: random);
        using var weight = new Parameter("w", New(7, 5));
        using var bias = new Parameter("b", New(7));
        using var adapter = new LoraAdapter(new("a", New(3, 5)), new("b", New(7, 3)), 0.7, dropout)
        {
            Magnitude = decomposed ? new("m", New(7).abs() + 1) : null,
            Bias = decomposed ? null : new("lb", New(7)),
        };
        foreach (var parameter in adapter.Parameters)
            parameter.Train();
        var layer = new LinearLayer("layer", weight, bias) { Adapter = adapter };
        var (x, gradY) = (New(6, 5), New(6, 7));
        using var state = new LinearState();
        Tensor y, gradX;
        using (no_grad())
        {
            y = layer.Forward(x, state: state);
            layer.AddGradients(gradY, x, state);
            gradX = layer.InputGradient(gradY, state);
        }

        Tensor Wide(Tensor value, bool leaf = true) => value.to(ScalarType.Float64).detach().clone().requires_grad_(leaf);
        var (wx, wa, wb) = (Wide(x), Wide(adapter.A.Value), Wide(adapter.B.Value));
        var last = Wide((adapter.Magnitude ?? adapter.Bias)!.Value);
        var dropped = state.Mask is null ? wx : wx * Wide(state.Mask, leaf: false);
        var w = Wide(weight.Value, leaf: false);
        var update = 0.7 * mm(mm(dropped, wa.t()), wb.t());
        Tensor expected;
        if (decomposed)
        {
            var gain = last / (w + 0.7 * mm(wb, wa)).norm(1).detach();
            expected = mm(wx, w.t()) + (gain - 1) * mm(dropped, w.t()) + gain * update + Wide(bias.Value, leaf: false);
        }
        else
        {
            expected = mm(wx, w.t()) + update + 0.7 * last + Wide(bias.Value, leaf: false);
        }

        expected.backward([gradY.to(ScalarType.Float64)]);
        AssertClose(expected, y, 1e-5);
        AssertClose(wx.grad!, gradX, 2e-5);
        AssertClose(wa.grad!, adapter.A.Gradient!, 2e-5);
        AssertClose(wb.grad!, adapter.B.Gradient!, 2e-5);
        AssertClose(last.grad!, (adapter.Magnitude ?? adapter.Bias)!.Gradient!, 2e-5);
    }

    private static LoraOptions Options(string kind) => kind switch
    {
        "dora" => new() { Rank = 4, UseDora = true, Targets = ["q_proj", "down_proj"] },
        "head" => new() { Rank = 4, Targets = ["lm_head", "v_proj"] },
        "saved" => new() { Rank = 4, Targets = ["q_proj"], ModulesToSave = ["lm_head", "model.norm"] },
        "saved tied" => new() { Rank = 4, Targets = ["q_proj"], ModulesToSave = ["embed_tokens"], EnsureWeightTying = true },
        "embedding" => new() { Rank = 4, Targets = ["q_proj", "embed_tokens"] },
        "dora embedding" => new() { Rank = 4, Targets = ["embed_tokens"], UseDora = true },
        "pissa" => new() { Rank = 4, Alpha = 6, Initialization = LoraInitialization.Pissa, RankPattern = [new("down_proj", 3)] },
        "olora rslora" => new() { Rank = 4, Alpha = 6, Initialization = LoraInitialization.Olora, UseRslora = true, AlphaPattern = [new(".*layers.1.*", 2)] },
        "patterns" => new() { Rank = 4, TargetPattern = @".*\.(q|v)_proj", RankPattern = [new("layers.0.self_attn.q_proj", 2), new("q_proj", 6)], AlphaPattern = [new("v_proj", 3)] },
        _ => new() { Rank = 4, Initialization = LoraInitialization.Gaussian },
    };

    private void AssertRefused(string code, LoraOptions options)
    {
        using var model = Load();
        Assert.Equal(code, Assert.Throws<FineTuneException>(() => AdapterSet.Create(model, options, 1)).Code);
    }

    [Fact]
    public void A_merge_that_is_not_finite_is_refused()
    {
        using var none = no_grad();
        using var model = Load();
        using var adapters = AdapterSet.Create(model, new LoraOptions { Rank = 2, Targets = ["q_proj"] }, 1);
        adapters.Adapters[0].Adapter.B.Value.fill_(double.PositiveInfinity);

        var error = Assert.Throws<FineTuneException>(adapters.Merge);

        Assert.Equal("FT5402", error.Code);
        Assert.Contains("'model.layers.0.self_attn.q_proj.weight'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"r\": 2", "\"r\": 3", "has shape [2, 32], but the model asks for [3, 32].")]
    [InlineData("\"q_proj\"", "\"k_proj\"", "The adapter lacks tensor 'base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight'.")]
    [InlineData("\"layers_to_transform\": null", "\"layers_to_transform\": [0]", "The model has no place for 2 tensors of the adapter, such as 'base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight'.")]
    public void An_adapter_that_does_not_fit_its_configuration_is_refused(string setting, string other, string message)
    {
        var folder = Path.Combine(_project.Root, "adapter");
        using (var model = Load())
        using (var adapters = AdapterSet.Create(model, new LoraOptions { Rank = 2, Targets = ["q_proj"] }, 1))
            PeftFolder.Save(folder, adapters, "base");
        var config = Path.Combine(folder, "adapter_config.json");
        var text = File.ReadAllText(config);
        Assert.Contains(setting, text, StringComparison.Ordinal);
        File.WriteAllText(config, text.Replace(setting, other, StringComparison.Ordinal));
        using var second = Load();

        var error = Assert.Throws<FineTuneException>(() => PeftFolder.Load(folder, second));

        Assert.Equal(("FT5404", Path.Combine(folder, "adapter_model.safetensors")), (error.Code, error.Place));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private CausalLanguageModel Load() => CausalLanguageModel.Load(_project.ModelFolderPath);

    private static void Train(CausalLanguageModel model, AdapterSet adapters)
    {
        using var optimizer = new AdamW([new ParameterGroup([.. adapters.Parameters], 1, 0)], 0.9, 0.999, 1e-8);
        var batch = PackedBatch.Of([new TokenSequence([5, 17, 80, 22, 31, 9], new(6, true), 0)]);
        for (var step = 0; step < 4; step++)
        {
            TrainingPass.Run(model, batch, batch.Targets.Length);
            optimizer.Step(3e-2, 1);
        }
    }

    private static Tensor Logits(CausalLanguageModel model)
    {
        using var context = model.Context(new SequenceLayout([6]));
        return model.Logits(model.Forward([5, 17, 80, 22, 31, 9], context));
    }

    private static void AssertClose(Tensor expected, Tensor got, double tolerance)
    {
        using var scope = NewDisposeScope();
        var difference = (expected.detach().to(ScalarType.Float64) - got.to(ScalarType.Float64)).abs().max().item<double>();
        var scale = Math.Max(1, expected.detach().abs().max().to(ScalarType.Float64).item<double>());
        Assert.True(difference <= tolerance * scale, $"{difference} apart, {tolerance * scale} allowed.");
    }
}
