namespace FineTune.Models;

/// <summary>The sizes of a model's parts, from its configuration, without weights.</summary>
internal static class ModelShape
{
    /// <summary>The path of the output head.</summary>
    public const string Head = "lm_head";

    /// <summary>The path of a sequence classifier's head.</summary>
    public const string Score = "score";

    /// <summary>A linear layer.</summary>
    /// <param name="Path">The module's path.</param>
    /// <param name="In">Columns of its weight.</param>
    /// <param name="Out">Rows of its weight.</param>
    /// <param name="Bias">Whether it has a bias.</param>
    internal sealed record Linear(string Path, long In, long Out, bool Bias);

    /// <summary>The linear layers, in the order of computation, the output head last.</summary>
    public static IEnumerable<Linear> Linears(ModelConfig config)
    {
        long hidden = config.HiddenSize, intermediate = config.IntermediateSize;
        var (query, key) = ((long)config.Heads * config.HeadSize, (long)config.KeyValueHeads * config.HeadSize);
        for (var i = 0; i < config.Layers; i++)
        {
            var (attention, mlp) = ($"model.layers.{i}.self_attn.", $"model.layers.{i}.mlp.");
            yield return new Linear($"{attention}q_proj", hidden, query, config.AttentionBias);
            yield return new Linear($"{attention}k_proj", hidden, key, config.AttentionBias);
            yield return new Linear($"{attention}v_proj", hidden, key, config.AttentionBias);
            yield return new Linear($"{attention}o_proj", query, hidden, config.AttentionBias);
            yield return new Linear($"{mlp}gate_proj", hidden, intermediate, config.MlpBias);
            yield return new Linear($"{mlp}up_proj", hidden, intermediate, config.MlpBias);
            yield return new Linear($"{mlp}down_proj", intermediate, hidden, config.MlpBias);
        }

        yield return config.IsClassifier ? new Linear(Score, hidden, config.Labels, false) : new Linear(Head, hidden, config.VocabularySize, false);
    }

    /// <summary>All modules, containers included, in the order of the reference implementation.</summary>
    public static IReadOnlyList<ModelModule> Modules(ModelConfig config)
    {
        var linears = Linears(config).ToDictionary(linear => linear.Path);
        ModelModule Linear(string path) => new(path, ModuleKind.Linear, linears[path].Out, linears[path].In, linears[path].Bias);
        ModelModule Norm(string path) => new(path, ModuleKind.Norm, config.HiddenSize, 1);
        var modules = new List<ModelModule>
        {
            new("model", ModuleKind.Container),
            new("model.embed_tokens", ModuleKind.Embedding, config.VocabularySize, config.HiddenSize),
            new("model.layers", ModuleKind.Container),
        };
        for (var i = 0; i < config.Layers; i++)
        {
            var layer = $"model.layers.{i}";
            modules.Add(new(layer, ModuleKind.Container));
            modules.Add(new($"{layer}.self_attn", ModuleKind.Container));
            modules.AddRange(new[] { "q_proj", "k_proj", "v_proj", "o_proj" }.Select(name => Linear($"{layer}.self_attn.{name}")));
            modules.Add(new($"{layer}.mlp", ModuleKind.Container));
            modules.AddRange(new[] { "gate_proj", "up_proj", "down_proj" }.Select(name => Linear($"{layer}.mlp.{name}")));
            modules.Add(new($"{layer}.mlp.act_fn", ModuleKind.Container));
            modules.Add(Norm($"{layer}.input_layernorm"));
            modules.Add(Norm($"{layer}.post_attention_layernorm"));
        }

        modules.Add(Norm("model.norm"));
        modules.Add(new("model.rotary_emb", ModuleKind.Container));
        modules.Add(Linear(config.IsClassifier ? Score : Head));
        return modules;
    }

    /// <summary>The names of all weights on disk; a tied output head is not among them.</summary>
    public static IEnumerable<string> Names(ModelConfig config)
    {
        var linears = Linears(config).Where(linear => linear.Path != Head || !config.TieWordEmbeddings);
        var norms = Enumerable.Range(0, config.Layers).SelectMany(i => new[]
        {
            $"model.layers.{i}.input_layernorm.weight", $"model.layers.{i}.post_attention_layernorm.weight",
        });
        return linears.SelectMany(linear => linear.Bias ? new[] { $"{linear.Path}.weight", $"{linear.Path}.bias" } : [$"{linear.Path}.weight"])
            .Concat(norms).Append("model.norm.weight").Append("model.embed_tokens.weight");
    }

    /// <summary>All weights, tied ones once.</summary>
    public static long Parameters(ModelConfig config)
    {
        var linears = Linears(config).Sum(linear => linear.In * linear.Out + (linear.Bias ? linear.Out : 0));
        var norms = (2L * config.Layers + 1) * config.HiddenSize;
        var embedding = (long)config.VocabularySize * config.HiddenSize;
        // A tied head is the embedding.
        return linears + norms + (config.TieWordEmbeddings && !config.IsClassifier ? 0 : embedding);
    }
}
