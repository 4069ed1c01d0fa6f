using System.Text.Json;
using FineTune.TestSupport;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>From the package to trained weights, outside the repository.</summary>
public sealed class TrainingTests(PackedFeed feed)
{
    private const string Recipe = """
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

    [Fact]
    public void Project_TrainsOutsideTheRepository_AndKnowsAFinishedRun()
    {
        using OutsideProject project = Create("");
        project.BuildCleanly();

        CommandResult first = project.Start("train");
        Assert.True(first.ExitCode == 0, first.Text);
        Assert.Equal(3, Losses(project).Count);
        Assert.All(Losses(project), loss => Assert.InRange(loss, 0.1, 20));
        string weights = Assert.Single(Directory.GetFiles(project.File("runs/Tiny/model"), "*.safetensors"));
        byte[] before = File.ReadAllBytes(weights);

        CommandResult second = project.Start("train");
        Assert.True(second.ExitCode == 0, second.Text);
        Assert.Equal(before, File.ReadAllBytes(weights));
        Assert.Equal(3, Losses(project).Count);
    }

    [Fact]
    public void ExistingLibtorch_IsUsedWhereItIs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists(NativeLibraryTests.LibTorchInCache), "The libtorch for linux-x64 stands in for an installed one.");
        using OutsideProject project = Create($"""
            <FineTuneDevice>external</FineTuneDevice>
            <FineTuneLibTorchPath>{NativeLibraryTests.LibTorchInCache}</FineTuneLibTorchPath>
            """);
        project.BuildCleanly();
        Assert.Empty(Directory.GetFiles(project.File("bin"), "libtorch*.so", SearchOption.AllDirectories));

        CommandResult plan = project.Start("plan");
        Assert.True(plan.ExitCode == 0, plan.Text);
        CommandResult train = project.Start("train");
        Assert.True(train.ExitCode == 0, train.Text);
    }

    [Fact]
    public void WithoutLibtorch_TrainingSaysWhatToDo()
    {
        using OutsideProject project = Create("<FineTuneDevice>none</FineTuneDevice>");
        project.BuildCleanly();

        CommandResult train = project.Start("train");

        Assert.Equal(1, train.ExitCode);
        Assert.Contains("error FT5020: The program has no libtorch", train.Errors, StringComparison.Ordinal);
    }

    private OutsideProject Create(string properties)
    {
        var project = new OutsideProject(feed, properties);
        project.Write("tiny.recipe.yaml", Recipe);
        project.Write("model/config.json", Config);
        foreach (string name in (string[])["tokenizer.json", "tokenizer_config.json"])
            File.Copy(Path.Combine(Repository.Root, "models", "tiny-docs", name), project.File("model/" + name));
        project.Write("data/train.jsonl", string.Concat(Enumerable.Range(0, 8).Select(i => $$"""{"text": "Gets the number {{i}} of the list."}""" + "\n")));
        return project;
    }

    private static List<double> Losses(OutsideProject project) =>
    [
        .. File.ReadLines(project.File("runs/Tiny/metrics.jsonl")).Select(line =>
        {
            using JsonDocument step = JsonDocument.Parse(line);
            return step.RootElement.GetProperty("loss").GetDouble();
        }),
    ];
}
