using System.Text.Json;

namespace FineTune.Benchmarks;

/// <summary>The three Llama shapes, all with tied embeddings.</summary>
internal static class ModelShapes
{
    public static IReadOnlyList<string> Names { get; } = ["8m", "60m", "360m"];

    /// <summary>config.json of a shape.</summary>
    public static string Config(string name)
    {
        var (vocabulary, hidden, layers, heads, keyHeads, intermediate) = name switch
        {
            "8m" => (4096, 256, 8, 8, 8, 768),
            "60m" => (32000, 512, 12, 8, 4, 1536),
            "360m" => (49152, 960, 32, 15, 5, 2560),
            _ => throw new ArgumentException($"No such shape: {name}.", nameof(name)),
        };
        return JsonSerializer.Serialize(new
        {
            model_type = "llama",
            vocab_size = vocabulary,
            hidden_size = hidden,
            num_hidden_layers = layers,
            num_attention_heads = heads,
            num_key_value_heads = keyHeads,
            intermediate_size = intermediate,
            max_position_embeddings = 2048,
            tie_word_embeddings = true,
            torch_dtype = "bfloat16",
        });
    }
}
