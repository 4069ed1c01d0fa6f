using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>Which tensors of a folder a model reads, which it ignores, and what it says of the others.</summary>
internal sealed class WeightNames(WeightSource source, ModelConfig config)
{
    /// <summary>Reads a tensor and checks its shape.</summary>
    public Tensor Read(string name, long[] shape)
    {
        if (!source.Has(name))
        {
            throw new FineTuneException("FT5114", $"The weights lack tensor '{name}', which config.json asks for (model_type {config.ModelType}, "
                + $"{config.Layers} layers). The folder is incomplete, or its config.json belongs to another model.", source.Folder);
        }

        var found = source.Shape(name);
        if (!found.SequenceEqual(shape))
        {
            throw new FineTuneException("FT5115", $"Tensor '{name}' has shape [{string.Join(", ", found)}], but config.json asks for "
                + $"[{string.Join(", ", shape)}]. The weights belong to another model.", source.Folder);
        }

        return source.Read(name);
    }

    /// <summary>Refuses tensors that nothing reads: a model with weights left out computes something else.</summary>
    public void CheckComplete()
    {
        var layers = Enumerable.Range(0, config.Layers).Select(i => $"model.layers.{i}.").ToList();
        var unknown = source.Names.Where(name => !IsKnown(name) && !IsBuffer(name)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new FineTuneException("FT5116", $"{unknown.Count} tensors have no place in a model of type {config.ModelType}: "
                + $"{string.Join(", ", unknown.Take(5))}{(unknown.Count > 5 ? ", …" : "")}. config.json belongs to another model.", source.Folder);
        }

        bool IsKnown(string name)
        {
            if (name is "model.embed_tokens.weight" or "model.norm.weight" or "lm_head.weight" or "score.weight")
                return true;
            var layer = layers.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            return layer is not null && name[layer.Length..] is
                "input_layernorm.weight" or "post_attention_layernorm.weight"
                or "self_attn.q_proj.weight" or "self_attn.k_proj.weight" or "self_attn.v_proj.weight" or "self_attn.o_proj.weight"
                or "mlp.gate_proj.weight" or "mlp.up_proj.weight" or "mlp.down_proj.weight"
                || (layer is not null && name.EndsWith(".bias", StringComparison.Ordinal)
                    && (name.Contains(".self_attn.", StringComparison.Ordinal) ? config.AttentionBias : config.MlpBias));
        }
    }

    // Old checkpoints store frequencies that the configuration gives too; some hold wrong values.
    private static bool IsBuffer(string name) => name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);
}
