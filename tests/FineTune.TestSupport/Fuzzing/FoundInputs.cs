namespace FineTune.TestSupport.Fuzzing;

/// <summary>Files of model folders that once ended a reader with another exception than a mistake that is told.</summary>
public static class FoundInputs
{
    /// <summary>The files' names, what they hold, and the code and the line (0: none) that are told of them.</summary>
    public static IReadOnlyList<(string File, string Content, string Code, int Line)> ModelFiles { get; } =
    [
        ("tokenizer_config.json", """{ "bos_token": "<s>", "eos_token": { "conten\ud83dt": "</s>" }, "model_max_length": 32, "chat_template": "{{ messages }}" }""", "FT5202", 1),
        ("model.safetensors.index.json", """{"metadata": {}, "weight_m\ud83dap": {"a.weight": "model.safetensors", "b.weight": "../x"}}""", "FT5113", 1),
        ("config.json", """
            {
              "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 16, "hidden_size": 8, "intermediate_\ud83dsize": 16,
              "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 32,
              "tie_word_embeddings": true, "torch_dtype": "float32", "eos_token_id": 1
            }
            """, "FT5110", 2),
    ];
}
