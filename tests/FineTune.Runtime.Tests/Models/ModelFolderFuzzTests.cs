using System.Buffers.Binary;
using FineTune.Adapters;
using FineTune.Models;
using FineTune.Prompts;
using FineTune.Recipes;
using FineTune.Tests.Data;
using FineTune.Tests.Tokenization;
using FineTune.Tests.Training;
using FineTune.TestSupport.Fuzzing;
using FineTune.Tokenization;
using Encoding = System.Text.Encoding;
using Weights = FineTune.TestSupport.TinyModel;

namespace FineTune.Tests.Models;

/// <summary>
/// Whatever is in a model folder or an adapter folder, loading it ends with a result or with a mistake that has a code.
/// <see cref="InputFuzzer"/> tells of the variables that make runs long.
/// </summary>
public sealed class ModelFolderFuzzTests : IDisposable
{
    private const int ShortRuns = 150;
    private const string AdapterConfigSeed = """
        {"peft_type": "LORA", "r": 4, "lora_alpha": 8, "lora_dropout": 0.1, "use_dora": false, "bias": "none", "init_lora_weights": true,
        "target_modules": ["q_proj", "down_proj"], "exclude_modules": "layers\\.9.*", "modules_to_save": null, "layers_to_transform": [0, 1], "layers_pattern": "layers",
        "rank_pattern": {"^model.*q_proj": 4}, "alpha_pattern": {"down_proj": 8.5}, "task_type": "CAUSAL_LM"}
        """;

    private static readonly ChatMessage[] Conversation = [new("system", "s"), new("user", "red"), new("assistant", "blue")];

    private readonly ITestOutputHelper _output;
    private readonly TinyProject _project = new(1);
    private readonly ModelConfig _config;
    private readonly Tokenizer _tokenizer;

    public ModelFolderFuzzTests(ITestOutputHelper output)
    {
        _output = output;
        _config = ModelConfig.Load(Folder);
        _tokenizer = Tokenizer.Load(Folder);
        File.WriteAllText(PathOf("chat_template.jinja"), ChatProject.Template);
    }

    private string Folder => _project.ModelFolderPath;

    public static TheoryData<string, string, string> Tokenizers => new()
    {
        { "BPE", "tokenizer.json", SmallTokenizer.BytePair },
        { "Unigram", "tokenizer.json", SmallTokenizer.Unigram },
        { "WordPiece", "tokenizer.json", SmallTokenizer.WordPiece },
        { "GPT-2", "vocab.json", """{"a": 0, "b": 1, "ab": 2, "<|endoftext|>": 3}""" },
        { "GPT-2", "merges.txt", "#version: 0.2\na b\n" },
        { "BERT", "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b\n" },
        {
            "BPE", "tokenizer_config.json", """
                {"bos_token": "<s>", "eos_token": {"content": "<s>", "special": true}, "pad_token": null, "add_bos_token": true, "model_max_length": 1e30,
                "added_tokens_decoder": {"8": {"content": "<s>", "special": true, "lstrip": false}, "11": {"content": "<x>"}}, "tokenizer_class": "GPT2Tokenizer"}
                """
        },
        { "BPE", "special_tokens_map.json", """{"bos_token": "<s>", "eos_token": {"content": "<s>"}, "pad_token": {"content": "<pad>"}}""" },
        { "BPE", "added_tokens.json", """{"<x>": 20, "<y>": 21}""" },
    };

    public static TheoryData<string, string> Templates => new()
    {
        { "chat_template.jinja", ChatProject.Template },
        {
            "tokenizer_config.json",
            """{"bos_token": "<s>", "eos_token": {"content": "</s>"}, "chat_template": [{"name": "default", "template": "{{ bos_token }}{{ messages[0].content }}"}, {"name": "tools", "template": "t"}]}"""
        },
        { "special_tokens_map.json", """{"bos_token": "<s>", "eos_token": {"content": "</s>"}}""" },
    };

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Config() => Fuzz("config.json", File.ReadAllBytes(PathOf("config.json")), () =>
    {
        ModelConfig.Load(Folder);
        CausalLanguageModel.Load(Folder).Dispose();
    });

    [Fact]
    public void GenerationConfig() =>
        Fuzz("generation_config.json", """{"eos_token_id": [0, 5], "do_sample": true, "temperature": 0.6}"""u8.ToArray(), () => StopTokens.Of(Folder, _config, _tokenizer));

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void TokenizerFiles(string kind, string name, string seed)
    {
        var folder = Path.Combine(_project.Root, "tokenizer");
        Directory.CreateDirectory(folder);
        foreach (var (other, _, content) in Tokenizers.Select(row => row.Data).Where(data => data.Item1 == kind && (data.Item2 == "tokenizer.json" || kind == "GPT-2")).Select(data => (data.Item2, data.Item1, data.Item3)))
            File.WriteAllText(Path.Combine(folder, other), content);
        Fuzz(Path.Combine("..", "tokenizer", name), Encoding.UTF8.GetBytes(seed), () =>
        {
            var tokenizer = Tokenizer.Load(folder);
            tokenizer.Decode(tokenizer.Encode("ab ab 12 <s>x", addSpecialTokens: true), skipSpecialTokens: false);
        });
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void ChatTemplates(string name, string seed)
    {
        if (name != "chat_template.jinja")
            File.Delete(PathOf("chat_template.jinja"));
        if (name == "special_tokens_map.json")
            File.WriteAllText(PathOf("tokenizer_config.json"), """{"chat_template": "{{ bos_token }}{{ eos_token }}"}""");
        Fuzz(name, Encoding.UTF8.GetBytes(seed), () => ChatTemplate.FromModelFolder(Folder).Render(Conversation));
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("model.safetensors.index.json")]
    public void WeightFiles(string name)
    {
        var weights = Weights.Weights("F32", 4, [("a", [2, 3]), ("b.weight", [4])]);
        if (name == "model.safetensors.index.json")
        {
            File.Delete(PathOf("model.safetensors"));
            File.WriteAllBytes(PathOf("1.safetensors"), weights);
            weights = """{"metadata": {"total_size": 40}, "weight_map": {"a": "1.safetensors", "b.weight": "1.safetensors"}}"""u8.ToArray();
        }

        Fuzz(name, weights, () =>
        {
            using var source = WeightSource.Open(Folder);
            foreach (var tensor in source.Names)
            {
                Assert.NotNull(source.Shape(tensor));
                source.Read(tensor).Dispose();
            }
        });
    }

    [Theory]
    [InlineData("adapter_config.json")]
    [InlineData("adapter_model.safetensors")]
    public void Adapters(string name)
    {
        var options = new LoraOptions { Rank = 4, Alpha = 8, Targets = ["q_proj", "down_proj"] };
        using (var model = CausalLanguageModel.Load(Folder))
        using (var adapters = AdapterSet.Create(model, options, 1))
            PeftFolder.Save(Folder, adapters, "base");
        File.WriteAllText(PathOf("adapter_config.json"), AdapterConfigSeed);
        Fuzz(name, File.ReadAllBytes(PathOf(name)), () =>
        {
            using var model = CausalLanguageModel.Load(Folder);
            PeftFolder.Load(Folder, model).Dispose();
        });
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    private void Fuzz(string name, byte[] seed, Action read)
    {
        var fuzzer = new InputFuzzer(exception => (exception as FineTuneException)?.Code, ShortRuns);
        var (total, accepted, seedAccepted) = fuzzer.Run(seed, Changes(name), input =>
        {
            File.WriteAllBytes(PathOf(name), input);
            read();
        });
        _output.WriteLine($"{name}: {total} inputs, {accepted} of them read");
        Assert.True(seedAccepted);
    }

    private static Func<byte[], Random, byte[]> Changes(string name) => Path.GetExtension(name) switch
    {
        ".json" => (seed, random) => random.Next(3) == 0 ? ByteChanges.Apply(seed, random) : Encoding.UTF8.GetBytes(JsonChanges.Apply(Encoding.UTF8.GetString(seed), random)),
        ".safetensors" => (seed, random) => random.Next(3) == 0 ? ByteChanges.Apply(seed, random) : ChangeHeader(seed, random),
        _ => ByteChanges.Apply,
    };

    private static byte[] ChangeHeader(byte[] file, Random random)
    {
        var end = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = Encoding.UTF8.GetBytes(JsonChanges.Apply(Encoding.UTF8.GetString(file[8..end]), random));
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. file[end..]];
    }
}
