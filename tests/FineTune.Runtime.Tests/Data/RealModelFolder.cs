using System.Text.Json;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Data;

/// <summary>A model folder with Qwen3's own tokenizer and chat template, as far as rows need one: it has no weights.</summary>
public sealed class RealModelFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finetune-qwen3-");

    public RealModelFolder()
    {
        if (ConformanceFolder.Assets is not { } assets)
            return;
        var tokenizer = System.IO.Path.Combine(assets, "tokenizers", "qwen3");
        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json" })
            File.Copy(System.IO.Path.Combine(tokenizer, name), System.IO.Path.Combine(Path, name));
        File.WriteAllText(System.IO.Path.Combine(Path, "config.json"), JsonSerializer.Serialize(new
        {
            architectures = new[] { "LlamaForCausalLM" },
            model_type = "llama",
            vocab_size = 151936,
            hidden_size = 16,
            intermediate_size = 32,
            num_hidden_layers = 1,
            num_attention_heads = 2,
            num_key_value_heads = 2,
            max_position_embeddings = 32768,
            rms_norm_eps = 1e-6,
            hidden_act = "silu",
            bos_token_id = 151643,
            eos_token_id = 151645,
        }));
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
