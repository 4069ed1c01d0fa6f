namespace FineTune.Sdk.IntegrationTests;

/// <summary>A project that trains three small steps in about a second.</summary>
internal static class TrainingProject
{
    public const string Recipe = """
        recipe: Tiny
        model: { base: model, initialization: random }
        data:
          train: data/train.jsonl
          prompt: "{text|completion}"
        training: { method: pretrain, max_steps: 3, batch_size: 2, learning_rate: 1e-2, seed: 7 }
        """;

    private const string Config = """
        {
          "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 4096, "hidden_size": 32,
          "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 2,
          "max_position_embeddings": 128, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "tie_word_embeddings": true,
          "bos_token_id": 0, "eos_token_id": 0, "torch_dtype": "float32"
        }
        """;

    public static OutsideProject Create(PackedFeed feed, string properties = "")
    {
        var project = new OutsideProject(feed, properties);
        project.Write("tiny.recipe.yaml", Recipe);
        project.Write("model/config.json", Config);
        foreach (string name in (string[])["tokenizer.json", "tokenizer_config.json"])
            File.Copy(Path.Combine(Repository.Root, "models", "tiny-docs", name), project.File("model/" + name), overwrite: true);
        File.Delete(project.File("model/model.safetensors"));
        project.Write("data/train.jsonl", string.Concat(Enumerable.Range(0, 8).Select(i => $$"""{"text": "Gets the number {{i}} of the list."}""" + "\n")));
        return project;
    }
}
