namespace FineTune.Tests.App;

/// <summary>Configurations of other tools as their users write them.</summary>
public sealed class ImportCommandTests : CommandLineTests
{
    private const string Axolotl = """
        base_model: NousResearch/Llama-3.2-1B
        model_type: AutoModelForCausalLM
        load_in_8bit: false
        load_in_4bit: true
        strict: false

        datasets:
          - path: teknium/GPT4-LLM-Cleaned
            type: alpaca
        dataset_prepared_path: last_run_prepared
        val_set_size: 0.1
        output_dir: ./outputs/lora-out

        adapter: qlora
        lora_model_dir:
        lora_r: 16
        lora_alpha: 32
        lora_dropout: 0.05
        lora_target_modules:
          - gate_proj
          - down_proj
          - q_proj
        sequence_len: 2048
        sample_packing: true
        pad_to_sequence_len: true

        wandb_project:
        gradient_accumulation_steps: 2
        micro_batch_size: 4
        num_epochs: 2
        optimizer: adamw_8bit
        lr_scheduler: cosine
        learning_rate: 0.0002
        bf16: auto
        tf32: false
        gradient_checkpointing: true
        logging_steps: 1
        flash_attention: true
        loss_watchdog_threshold: 5.0
        warmup_steps: 10
        evals_per_epoch: 4
        saves_per_epoch: 1
        weight_decay: 0.01
        special_tokens:
          pad_token: "<|end_of_text|>"
        """;

    [Fact]
    public void Axolotl_BecomesARecipe()
    {
        File.WriteAllText("lora-1b.yml", Axolotl);
        Assert.Equal(0, Run("import", "lora-1b.yml"));
        Assert.Equal("""
            # Made of lora-1b.yml (axolotl).
            # Assumed: the base model NousResearch/Llama-3.2-1B is in the folder models/Llama-3.2-1B; download it there:
            #   config.json, the tokenizer's files and *.safetensors.
            # Assumed: the rows of teknium/GPT4-LLM-Cleaned are in data/GPT4-LLM-Cleaned.jsonl, a JSON object a line.
            # Left out: base weights are not quantized, so that 'qlora' becomes LoRA on 16- or 32-bit weights; the memory is that of
            #   those.
            # Left out: the optimizer adamw_8bit; AdamW takes its place.
            # Left out: 'load_in_4bit' (axolotl, LLaMA-Factory, TRL) has no equivalent here: base weights are held in 16 or 32 bits;
            #   with an adapter, 'dtype: bfloat16' in 'model' takes the least memory.
            # Left out: 'gradient_checkpointing' (axolotl, LLaMA-Factory, TRL, torchtune) has no equivalent here: a block keeps
            #   little and computes the rest again by itself; 'training.micro_batch_tokens' bounds the memory, and a smaller one
            #   gives the same result.
            # Left out: 'special_tokens' (axolotl, LLaMA-Factory, TRL) has no equivalent here: tokens are those of the model's
            #   tokenizer; the one that ends a text follows each prompt by itself, and a chat template has its own.

            recipe: Lora1b

            model:
              base: models/Llama-3.2-1B

            data:
              train: data/GPT4-LLM-Cleaned.jsonl
              test_size: 0.1
              type: alpaca
              max_length: 2048
              overlong: drop

            adapter:
              kind: lora
              rank: 16
              alpha: 32
              dropout: 0.05
              targets: [gate_proj, down_proj, q_proj]

            training:
              learning_rate: 0.0002
              epochs: 2
              batch_size: 4
              gradient_accumulation: 2
              schedule: cosine
              warmup_steps: 10
              weight_decay: 0.01
              save_steps: 0.5
              eval_steps: 0.125

            """, File.ReadAllText("lora1b.recipe.yaml"), ignoreLineEndingDifferences: true);
        Assert.StartsWith("Wrote lora1b.recipe.yaml, made of lora-1b.yml (axolotl).", Output, StringComparison.Ordinal);
        Assert.Contains("  - the optimizer adamw_8bit; AdamW takes its place.", Output, StringComparison.Ordinal);
        Assert.Contains("Not needed here:", Output, StringComparison.Ordinal);
        Assert.Contains("sample_packing, pad_to_sequence_len", Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Axolotl_WithoutAnAdapter_AndItsDefaults()
    {
        File.WriteAllText("full.yaml", """
            base_model: ./models/tiny
            datasets:
              - path: data/rows.jsonl
                type:
                  field_instruction: question
                  field_output: answer
                  format: "[INST] {instruction} [/INST] {json}"
            train_on_inputs: true
            batch_size: 32
            micro_batch_size: 8
            learning_rate: 1e-5
            warmup_ratio: 0.03
            cosine_min_lr_ratio: 0.1
            bf16: true
            max_steps: 500
            """);
        Assert.Equal(0, Run("import", "full.yaml", "--name", "Whole"));
        Assert.EndsWith("""

            recipe: Whole

            model:
              base: ./models/tiny
              dtype: bfloat16

            data:
              train: data/rows.jsonl
              prompt: "[INST] {question|completion} [/INST] {{json}}{answer|completion}"
              max_length: 512
              overlong: drop

            training:
              learning_rate: 1e-5
              max_steps: 500
              batch_size: 8
              gradient_accumulation: 4
              schedule: cosine_with_min_lr
              warmup_steps: 0.03
              min_lr_rate: 0.1

            """.ReplaceLineEndings("\n"), File.ReadAllText("whole.recipe.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void LlamaFactory_BecomesARecipe()
    {
        File.WriteAllText("llama3_lora_sft.yaml", """
            ### model
            model_name_or_path: meta-llama/Meta-Llama-3-8B-Instruct
            trust_remote_code: true

            ### method
            stage: sft
            do_train: true
            finetuning_type: lora
            lora_rank: 8
            lora_target: all

            ### dataset
            dataset: identity,alpaca_en_demo
            template: llama3
            cutoff_len: 2048
            max_samples: 1000
            preprocessing_num_workers: 16

            ### output
            output_dir: saves/llama3-8b/lora/sft
            logging_steps: 10
            save_steps: 500
            plot_loss: true
            overwrite_output_dir: true

            ### train
            per_device_train_batch_size: 1
            gradient_accumulation_steps: 8
            learning_rate: 1.0e-4
            num_train_epochs: 3.0
            lr_scheduler_type: cosine
            warmup_ratio: 0.1
            bf16: true
            ddp_timeout: 180000000
            resume_from_checkpoint: null
            """);
        Assert.Equal(0, Run("import", "llama3_lora_sft.yaml"));
        var recipe = File.ReadAllText("llama3-lora-sft.recipe.yaml");
        Assert.Contains("its prompt takes the place of the template 'llama3'", recipe.ReplaceLineEndings("").Replace("#   ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("""
            adapter:
              kind: lora
              rank: 8
              alpha: 16

            training:
              learning_rate: 0.0001
              epochs: 3
              batch_size: 1
              gradient_accumulation: 8
              schedule: cosine
              warmup_steps: 0.1
              save_steps: 500

            """.ReplaceLineEndings("\n"), recipe, StringComparison.Ordinal);
        Assert.Contains("  train: [data/identity.jsonl, data/alpaca_en_demo.jsonl]\n  type: alpaca\n", recipe, StringComparison.Ordinal);
        Assert.Contains("  limit: 1000\n", recipe, StringComparison.Ordinal);
        Assert.Contains("  dtype: bfloat16\n", recipe, StringComparison.Ordinal);
    }

    [Fact]
    public void LlamaFactory_Pretraining()
    {
        File.WriteAllText("pt.yaml", "model_name_or_path: models/tiny\nstage: pt\ndo_train: true\nfinetuning_type: full\ndataset: wiki\ncutoff_len: 1024\n");
        Assert.Equal(0, Run("import", "pt.yaml"));
        Assert.EndsWith("""
            data:
              train: data/wiki.jsonl
              type: text
              max_length: 1024

            training:
              method: pretrain
              learning_rate: 5e-5
              epochs: 3
              batch_size: 8
              schedule: linear

            """.ReplaceLineEndings("\n"), File.ReadAllText("pt.recipe.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Trl_BecomesARecipe()
    {
        File.WriteAllText("sft.yaml", """
            model_name_or_path: Qwen/Qwen2.5-0.5B
            dataset_name: trl-lib/Capybara
            use_peft: true
            lora_target_modules: all-linear
            max_length: 2048
            packing: true
            learning_rate: 2.0e-4
            gradient_checkpointing: true
            eval_strategy: "no"
            """);
        Assert.Equal(0, Run("import", "sft.yaml"));
        Assert.EndsWith("""
            data:
              train: data/Capybara.jsonl
              type: messages
              train_on: all
              max_length: 2048
              overlong: truncate_end

            adapter:
              kind: lora
              rank: 16
              alpha: 32
              dropout: 0.05

            training:
              learning_rate: 0.0002
              epochs: 3
              batch_size: 8
              schedule: linear

            """.ReplaceLineEndings("\n"), File.ReadAllText("sft.recipe.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Peft_BecomesARecipe()
    {
        Directory.CreateDirectory("math-lora");
        File.WriteAllText("math-lora/adapter_config.json", """
            {
              "alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "meta-llama/Llama-2-7b-hf", "bias": "none",
              "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true, "layers_pattern": null,
              "lora_alpha": 64, "lora_dropout": 0.1, "modules_to_save": null, "peft_type": "LORA", "r": 32, "rank_pattern": {},
              "revision": null, "target_modules": ["v_proj", "q_proj"], "task_type": "CAUSAL_LM", "use_dora": false, "use_rslora": true
            }
            """);
        Assert.Equal(0, Run("import", "math-lora/adapter_config.json"));
        Assert.Contains("""

            recipe: MathLora

            model:
              base: models/Llama-2-7b-hf

            data:
              train: data/train.jsonl
              prompt: |-
                {prompt}
                {completion|completion}

            adapter:
              kind: lora
              rank: 32
              alpha: 64
              dropout: 0.1
              use_rslora: true
              targets: [v_proj, q_proj]

            """.ReplaceLineEndings("\n").TrimEnd('\n'), File.ReadAllText("math-lora.recipe.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void ARecipeThatIsThere_IsNotOverwritten()
    {
        File.WriteAllText("a.yml", "base_model: m\n");
        File.WriteAllText("a.recipe.yaml", "mine");
        Assert.Equal(1, Run("import", "a.yml"));
        Assert.Contains("a.recipe.yaml: error FT5042: The recipe is there already.", Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText("a.recipe.yaml"));
        Assert.Equal(0, Run("import", "a.yml", "--force"));
        Assert.StartsWith("# Made of a.yml (axolotl).", File.ReadAllText("a.recipe.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base_model: m\nrl: dpo\n", "x.yml: error FT5043: 'rl: dpo' has no equivalent")]
    [InlineData("model_name_or_path: m\nstage: ppo\n", "x.yml: error FT5043: 'stage: ppo' has no equivalent")]
    [InlineData("{\"peft_type\": \"IA3\"}", "x.yml: error FT5043: 'peft_type: IA3' has no equivalent")]
    [InlineData("learning_rate: 1\n", "x.yml: error FT5041: The file is no configuration of a known tool")]
    [InlineData("", "x.yml: error FT5041: The file is no configuration of a known tool")]
    [InlineData("- a\n- b\n", "x.yml: error FT5041: The file is no configuration of a known tool")]
    [InlineData("a: [1\nb: 2\n", "error FT5040: The file is neither YAML nor JSON: ")]
    public void WhatIsNoConfiguration_WritesNothing(string text, string message)
    {
        File.WriteAllText("x.yml", text);
        Assert.Equal(1, Run("import", "x.yml"));
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.False(File.Exists("x.recipe.yaml"));
    }

    [Fact]
    public void MistakesOfTheCommand()
    {
        Assert.Equal(1, Run("import", "missing.yml"));
        Assert.StartsWith("missing.yml: error FT5040: There is no such file.", Error, StringComparison.Ordinal);
        File.WriteAllText("x.yml", "base_model: m\n");
        Assert.Equal(1, Run("import", "x.yml", "--name", "no class"));
        Assert.StartsWith("error FT5005: 'no class' cannot be a recipe's name", Error, StringComparison.Ordinal);
    }
}
