using FineTune.Recipes;

namespace FineTune.Tests.Recipes;

public sealed class RecipeYamlTests
{
    [Fact]
    public void WritesEveryValueThatIsRead()
    {
        var recipe = new RecipeOptions
        {
            Name = "Sample",
            Model = new() { Base = "models/base", DType = ModelDType.BFloat16 },
            Data = new() { Train = "data/train 1.jsonl", Prompt = "Question: {q}\n\nAnswer:{a|completion}", Limit = 100 },
            Adapter = new() { Targets = ["q_proj", "v_proj"], LayersToTransform = [0, 2], RankPattern = [new("v_proj", 8), new(@"layers\.\d\..*", 4)] },
            Training = new() { LearningRate = 1e-5, BatchSize = 4, MaxSteps = 10 },
        };
        Assert.Equal(
            """
            recipe: Sample
            model:
              base: models/base
              dtype: bfloat16
              initialization: pretrained
            data:
              train: "data/train 1.jsonl"
              type: template
              prompt: |-
                Question: {q}

                Answer:{a|completion}
              overlong: error
              shuffle: true
              limit: 100
            adapter:
              kind: lora
              rank: 16
              alpha: 32
              dropout: 0
              use_rslora: false
              use_dora: false
              initialization: default
              targets: [q_proj, v_proj]
              layers_to_transform: [0, 2]
              rank_pattern: { v_proj: 8, "layers\\.\\d\\..*": 4 }
              bias: none
              lora_bias: false
            training:
              method: sft
              learning_rate: 1e-5
              epochs: 1
              max_steps: 10
              batch_size: 4
              gradient_accumulation: 1
              micro_batch_tokens: 2048
              schedule: linear
              warmup_steps: 0
              weight_decay: 0
              optimizer: adamw
              beta1: 0.9
              beta2: 0.999
              epsilon: 1e-8
              max_grad_norm: 1
              loss_type: cross_entropy
              label_smoothing: 0
              z_loss: 0
              neftune_noise_alpha: 0
              average: none
              seed: 42
              save_total_limit: 2

            """,
            RecipeYaml.Write(recipe),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void FullFineTuningSaysThatThereIsNoAdapter()
    {
        var recipe = new RecipeOptions { Name = "Sample", Model = new() { Base = "base" }, Data = new() { Train = "train" } };
        Assert.Contains("adapter:\n  kind: none\ntraining:", RecipeYaml.Write(recipe), StringComparison.Ordinal);
    }
}
