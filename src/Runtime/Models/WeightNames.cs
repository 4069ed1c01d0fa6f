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
        // A tied checkpoint may hold a copy of the embedding as its head; a classifier has a head that this model does not read.
        var known = ModelShape.Names(config).Append("lm_head.weight").Append("score.weight").ToHashSet();
        var unknown = source.Names.Where(name => !known.Contains(name) && !IsBuffer(name)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new FineTuneException("FT5116", $"{unknown.Count} tensors have no place in a model of type {config.ModelType}: "
                + $"{string.Join(", ", unknown.Take(5))}{(unknown.Count > 5 ? ", …" : "")}. config.json belongs to another model.", source.Folder);
        }
    }

    // Old checkpoints store frequencies that the configuration gives too; some hold wrong values.
    private static bool IsBuffer(string name) => name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);
}
