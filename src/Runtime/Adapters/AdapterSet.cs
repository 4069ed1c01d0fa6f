using FineTune.Models;
using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>The LoRA adapters of one model: made, attached, switched, merged.</summary>
internal sealed class AdapterSet : IDisposable
{
    private readonly List<(LinearLayer Layer, LoraAdapter Adapter)> _adapters = [];

    private AdapterSet(LoraOptions options)
    {
        Options = options;
    }

    /// <summary>What the adapters were made with.</summary>
    public LoraOptions Options { get; }

    /// <summary>The adapted layers, in the model's order.</summary>
    public IEnumerable<LinearLayer> Layers => _adapters.Select(pair => pair.Layer);

    /// <summary>The factors, under the names that PEFT gives them.</summary>
    public IEnumerable<Parameter> Parameters => _adapters.SelectMany(pair => new[] { pair.Adapter.A, pair.Adapter.B });

    /// <summary>Makes fresh adapters, which change nothing yet: A uniform within ±1/√in (PEFT's Kaiming initialisation), B 0.</summary>
    /// <exception cref="FineTuneException">FT5401: a target means no layer.</exception>
    public static AdapterSet Create(CausalLanguageModel model, LoraOptions options, int seed)
    {
        using var none = no_grad();
        using var generator = new Generator((ulong)seed);
        return Attach(model, options, (layer, name, shape) =>
        {
            using var scope = NewDisposeScope();
            if (name.EndsWith("lora_B.weight", StringComparison.Ordinal))
                return zeros(shape).MoveToOuterDisposeScope();
            var bound = 1 / Math.Sqrt(shape[1]);
            return rand(shape, generator: generator).mul_(2 * bound).sub_(bound).MoveToOuterDisposeScope();
        });
    }

    /// <summary>Attaches adapters with given factors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Rank, scale and targets.</param>
    /// <param name="factor">Gives a factor by layer, PEFT name and shape.</param>
    public static AdapterSet Attach(CausalLanguageModel model, LoraOptions options, Func<LinearLayer, string, long[], Tensor> factor)
    {
        var set = new AdapterSet(options);
        var scale = options.UseRslora ? options.Alpha / Math.Sqrt(options.Rank) : options.Alpha / options.Rank;
        foreach (var layer in TargetModules.Find(options.Targets, model.Linears, layer => layer.Path))
        {
            var (height, width) = (layer.Weight.Value.shape[0], layer.Weight.Value.shape[1]);
            Parameter Make(string part, params long[] shape)
            {
                var name = $"base_model.model.{layer.Path}.{part}.weight";
                var parameter = new Parameter(name, factor(layer, name, shape));
                parameter.Train();
                return parameter;
            }

            layer.Adapter = new LoraAdapter(Make("lora_A", options.Rank, width), Make("lora_B", height, options.Rank), scale, options.Dropout);
            set._adapters.Add((layer, layer.Adapter));
        }

        return set;
    }

    /// <summary>Switches all adapters on or off; off, the model is the base.</summary>
    public void Enable(bool enabled) => _adapters.ForEach(pair => pair.Adapter.Enabled = enabled);

    /// <summary>
    /// Adds each update, computed in fp32, to its layer's weight, <c>W += scale · B A</c>, and detaches the adapters.
    /// </summary>
    /// <exception cref="FineTuneException">FT5402: a merged weight is not finite.</exception>
    public void Merge()
    {
        using var none = no_grad();
        foreach (var (layer, adapter) in _adapters)
        {
            using var scope = NewDisposeScope();
            var type = layer.Weight.Value.dtype;
            // The update is rounded to the weight's type before it is added, as PEFT does it, so that merged weights are the same.
            var update = (mm(adapter.B.Value, adapter.A.Value) * adapter.Scale).to(type).to(ScalarType.Float32);
            var merged = layer.Weight.Value.to(ScalarType.Float32) + update;
            if (!merged.isfinite().all().item<bool>())
                throw new FineTuneException("FT5402", $"The merged weight of '{layer.Path}' has values that are not finite; the adapter is damaged.");
            layer.Weight.Replace(merged.to(type));
            layer.Adapter = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (layer, adapter) in _adapters)
        {
            layer.Adapter = null;
            adapter.Dispose();
        }
    }
}
