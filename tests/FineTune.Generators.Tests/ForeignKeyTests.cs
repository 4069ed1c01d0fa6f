using System.Text.RegularExpressions;
using FineTune.Foreign;
using FineTune.Keys;
using FineTune.TestSupport;

namespace FineTune.Generators.Tests;

/// <summary>What users of other tools type.</summary>
public sealed partial class ForeignKeyTests
{
    [Fact]
    public void AConfigurationOfAxolotl() => GeneratorTest.Run("""
        recipe: Tiny
        base_model: models/tiny
        load_in_4bit: true
        datasets:
          - path: train.jsonl
            type: alpaca
        val_set_size: 0.05
        sequence_len: 4096
        sample_packing: true
        adapter: qlora
        lora_r: 32
        lora_target_linear: true
        gradient_accumulation_steps: 4
        micro_batch_size: 2
        num_epochs: 1
        optimizer: adamw_bnb_8bit
        lr_scheduler: cosine
        learning_rate: 0.0002
        bf16: auto
        tf32: false
        gradient_checkpointing: true
        flash_attention: true
        warmup_ratio: 0.1
        saves_per_epoch: 1
        output_dir: ./out
        wandb_project: mine
        """).Verify();

    [Fact]
    public void AConfigurationOfLlamaFactory() => GeneratorTest.Run("""
        recipe: Tiny
        ### model
        model_name_or_path: models/tiny
        trust_remote_code: true
        ### method
        stage: sft
        do_train: true
        finetuning_type: lora
        lora_rank: 8
        lora_target: all
        ### dataset
        dataset: identity
        template: llama3
        cutoff_len: 2048
        max_samples: 1000
        preprocessing_num_workers: 16
        ### train
        per_device_train_batch_size: 1
        num_train_epochs: 3.0
        lr_scheduler_type: cosine
        pure_bf16: true
        disable_shuffling: true
        pref_loss: sigmoid
        """).Verify();

    [Fact]
    public void AConfigurationOfTorchtune() => GeneratorTest.Run("""
        recipe: Tiny
        model:
          _component_: torchtune.models.llama3_2.lora_llama3_2_1b
          lora_attn_modules: [q_proj, v_proj]
          apply_lora_to_mlp: true
          lora_rank: 64
        tokenizer:
          path: /tmp/tokenizer.model
          max_seq_len: 4096
        checkpointer:
          checkpoint_dir: /tmp/model
        dataset:
          packed: true
          train_on_input: true
        optimizer:
          _component_: torch.optim.AdamW
          lr: 3e-4
          betas: [0.9, 0.95]
        optimizer.weight_decay: 0.1
        peft: { r: 8, lora_alpha: 16, task_type: CAUSAL_LM }
        """).Verify();

    [Fact]
    public void InASection() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m, bf16: true, training.seed: 1, fp16: true }
        data: { train: t, prompt: "{a|completion}", epochs: 3, packing: false, train_on_inputs: true }
        training.epochs: 3
        training: { training.seed: 1, num_train_epochs: 2, lora_alpha: 4, min_lr: 1e-5, deepspeed: ds.json }
        """).Verify();

    [Fact]
    public void Values() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m, dtype: fp16 }
        data: { train: t, test: t2, prompt: "{a|completion}", overlong: keep_start }
        adapter: { kind: full }
        training: { method: grpo, schedule: one_cycle }
        evaluation: [ppl, bertscore]
        """).Verify();

    /// <summary>Every setting that the tools' sources define gets an answer of its own.</summary>
    [Fact]
    public void EverySettingOfTheFieldIsKnown()
    {
        var names = File.ReadAllText(Path.Combine(Repository.Root, "tests", "FineTune.Generators.Tests", "ForeignKeys.txt"))
            .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(names.Length > 700);
        var unknown = names.Where(name => !IsKnown(name)).ToList();
        Assert.True(unknown.Count == 0, string.Join(" ", unknown));
    }

    /// <summary>A row that a key of ours has overtaken would never be read.</summary>
    [Fact]
    public void NoRowIsAKeyOrItsSynonym()
    {
        var ours = KeyTable.All.SelectMany(key => key.Synonyms.Append(key.Name)).Except([.. KeyNames.Ambiguous, .. KeyNames.OfOtherThings]).ToList();
        var overtaken = ForeignKeyTable.All.SelectMany(row => row.Names.Split(' ')).Where(name => ours.Exists(our => Suggestion.Same(our, name)));
        Assert.Empty(overtaken);
    }

    /// <summary>What an answer tells users to write must be there: a key of the section, a value of the key.</summary>
    [Fact]
    public void AnswersNameWhatIsThere()
    {
        var answers = ForeignKeyTable.All.Select(row => row.Answer).Concat(ForeignValueTable.All.Select(row => row.Answer)).Distinct().ToList();
        var stale = answers.SelectMany(answer => AnswerPattern().Matches(answer).Select(match => (Answer: answer, Problem: ProblemOf(match)))).Where(found => found.Problem is not null).ToList();
        Assert.True(stale.Count == 0, string.Join("\n", stale));
        Assert.True(answers.Sum(answer => AnswerPattern().Count(answer)) > 60);
    }

    [Theory]
    [InlineData("write 'rank: 8' in 'adapter'", null)]
    [InlineData("write 'data.train_on'", null)]
    [InlineData("write 'rank' in 'training'", "'training' has no key 'rank'")]
    [InlineData("write 'data.rank'", "there is no key 'data.rank'")]
    [InlineData("write 'train_on: everything' in 'data'", "'train_on' has no value 'everything'")]
    [InlineData("write 'frobnicate: 1'", "there is no key 'frobnicate'")]
    [InlineData("the nearest is 'frobnicate'", "there is nothing that is called 'frobnicate'")]
    public void WhatIsNotThereIsFound(string answer, string? problem) =>
        Assert.Equal(problem, AnswerPattern().Matches(answer).Select(ProblemOf).FirstOrDefault(found => found is not null));

    [Fact]
    public void EveryRowNamesItsTools() => Assert.All(ForeignKeyTable.All, row => Assert.NotEqual("", ForeignToolNames.Of(row.Tools)));

    [Fact]
    public void EveryValueIsOfAKeyAndNoneOfItsChoices()
    {
        foreach (var row in ForeignValueTable.All)
        {
            var choices = KeyTable.Get(row.Key).Choices.SelectMany(choice => choice.Synonyms.Append(choice.Name)).ToList();
            Assert.DoesNotContain(row.Values.Split(' '), value => choices.Exists(choice => Suggestion.Same(choice, value)));
        }
    }

    [Fact]
    public void ValuesOfAChoiceHaveOneName()
    {
        foreach (var key in KeyTable.All)
        {
            var names = key.Choices.SelectMany(choice => choice.Synonyms.Append(choice.Name)).ToList();
            Assert.Equal(names.Distinct(), names);
        }
    }

    // Something in quotes, and the section that is named behind it.
    [GeneratedRegex(@"(?<!\w)'(?<said>[^']+)'(?!\w)(?: (?:and|or) '(?<other>[a-z_]+)')?(?: in '(?<section>[a-z]+)')?")]
    private static partial Regex AnswerPattern();

    private static string? ProblemOf(Match match)
    {
        var section = match.Groups["section"].Value is { Length: > 0 } name ? KeyTable.FindSection(name) : null;
        var other = match.Groups["other"].Value;
        return ProblemOf(match.Groups["said"].Value, section) ?? (other.Length == 0 ? null : ProblemOf(other, section));
    }

    private static string? ProblemOf(string said, KeySection? section)
    {
        // A command, a prompt, an example.
        if (said.StartsWith("dotnet ", StringComparison.Ordinal) || said[0] == '{')
            return null;
        var (name, value) = said.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? (said[..colon], said[(colon + 2)..]) : (said, null);
        if (name.Contains('.', StringComparison.Ordinal))
            return KeyTable.All.Any(key => key.Path == name) ? null : $"there is no key '{name}'";
        var keys = KeyTable.All.Where(key => key.Name == name && (section is null || key.Section == section)).ToList();
        if (section is not null && keys.Count == 0)
            return $"'{section.Name}' has no key '{name}'";
        if (value is not null)
        {
            return keys.Count == 0 ? $"there is no key '{name}'"
                : keys.Exists(key => key.Choices.Length == 0 || key.Choices.Any(choice => choice.Name == value)) ? null : $"'{name}' has no value '{value}'";
        }

        // Else a key, a section, a value, or a column that a shape of rows has.
        return keys.Count > 0 || KeyTable.FindSection(name) is not null || KeyTable.All.Any(key => key.Choices.Any(choice => choice.Name == name)) || name is "train" or "tools"
            ? null
            : $"there is nothing that is called '{name}'";
    }

    private static bool IsKnown(string name) =>
        KeyTable.All.Any(key => key.Name == name)
        || KeyNames.Ambiguous.Contains(name)
        || (KeyTable.FindSection(name) ?? KeyNames.FindRenamedSection(name)) is not null
        || KeyNames.Known(RecipeKeys.Section, name, "x", KeySurface.Yaml) is not null;
}
