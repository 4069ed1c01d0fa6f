using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace FineTune.TestSupport;

/// <summary>The files of a Llama of a few hundred weights, all zero: enough for whatever only looks at a model folder.</summary>
public static class TinyModel
{
    /// <summary>config.json.</summary>
    public const string Config = """
        {
          "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 16, "hidden_size": 8, "intermediate_size": 16,
          "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 32,
          "tie_word_embeddings": true, "torch_dtype": "float32", "eos_token_id": 1
        }
        """;

    /// <summary>tokenizer.json.</summary>
    public const string Tokenizer = """
        {
          "version": "1.0",
          "added_tokens": [{ "id": 0, "content": "<s>", "special": true }, { "id": 1, "content": "</s>", "special": true }],
          "post_processor": { "type": "TemplateProcessing", "single": [{ "SpecialToken": { "id": "<s>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } }], "special_tokens": { "<s>": { "id": "<s>", "ids": [0], "tokens": ["<s>"] } } },
          "model": { "type": "BPE", "vocab": { "<s>": 0, "</s>": 1, "a": 2, "b": 15 }, "merges": [] }
        }
        """;

    /// <summary>tokenizer_config.json.</summary>
    public const string TokenizerConfig = """
        { "bos_token": "<s>", "eos_token": { "content": "</s>" }, "model_max_length": 32, "chat_template": "{{ messages }}" }
        """;

    /// <summary>Writes all files.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), Config);
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Tokenizer);
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), TokenizerConfig);
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), Weights("F32", 4, Tensors()));
    }

    /// <summary>A safetensors file of zeros.</summary>
    /// <param name="dtype">The type's name in the format.</param>
    /// <param name="size">The bytes of an element.</param>
    /// <param name="tensors">Names and shapes.</param>
    public static byte[] Weights(string dtype, int size, IEnumerable<(string Name, int[] Shape)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var header = new Dictionary<string, object>();
        var position = 0;
        foreach (var (name, shape) in tensors)
        {
            var end = position + shape.Aggregate(size, (product, length) => product * length);
            header[name] = new { dtype, shape, data_offsets = new[] { position, end } };
            position = end;
        }

        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        var file = new byte[8 + json.Length + position];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    /// <summary>The tensors of the weights.</summary>
    public static IEnumerable<(string Name, int[] Shape)> Tensors()
    {
        yield return ("model.embed_tokens.weight", [16, 8]);
        yield return ("model.norm.weight", [8]);
        for (var i = 0; i < 2; i++)
        {
            var layer = $"model.layers.{i}.";
            foreach (var (name, rows, columns) in new[] { ("q_proj", 8, 8), ("k_proj", 4, 8), ("v_proj", 4, 8), ("o_proj", 8, 8) })
                yield return ($"{layer}self_attn.{name}.weight", [rows, columns]);
            foreach (var (name, rows, columns) in new[] { ("gate_proj", 16, 8), ("up_proj", 16, 8), ("down_proj", 8, 16) })
                yield return ($"{layer}mlp.{name}.weight", [rows, columns]);
            yield return ($"{layer}input_layernorm.weight", [8]);
            yield return ($"{layer}post_attention_layernorm.weight", [8]);
        }
    }
}
