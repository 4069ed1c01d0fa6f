using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FineTune.App.Import;
using FineTune.Keys;
using FineTune.Rules;
using FineTune.TestSupport;

namespace FineTune.Tests.App;

/// <summary>
/// Whole configurations as users of other tools have them. The recipes made of them are snapshots, which the generator's tests
/// build.
/// </summary>
public sealed class ImportedConfigurationTests : CommandLineTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "FineTune.Runtime.Tests", "App", "Configurations");

    /// <summary>What the tool or the kind of file says already, what several settings say, and what the recipe does without.</summary>
    private static readonly HashSet<string> SaidTwice = new(StringComparer.Ordinal)
    {
        "stage", "finetuning_type", "peft_type", "task_type", "dataset_dir", "bf16", "dtype", "optim", "optimizer", "lora_target_modules", "lora_target", "metric_for_best_model",
    };

    /// <summary>Settings that other ones of the same file imply, or that are the tool's default.</summary>
    private static readonly string[] Implied =
    [
        "alpaca.yaml: max_steps", "alpaca.yaml: save_strategy", "axolotl-chat.yml: chat_template", "axolotl-chat.yml: lora_target_linear", "axolotl-chat.yml: lr_scheduler",
        "axolotl-chatml-full.yml: eval_strategy", "axolotl-chatml-full.yml: save_strategy", "pretrain.yaml: cutoff_len", "pretrain.yaml: per_device_train_batch_size",
    ];

    [Fact]
    public void AxolotlChat() => VerifyImport("axolotl-chat.yml");

    [Fact]
    public void AxolotlChatMlOfAllWeights() => VerifyImport("axolotl-chatml-full.yml");

    [Fact]
    public void AxolotlPretraining() => VerifyImport("axolotl-pretrain.yml");

    [Fact]
    public void AxolotlFields() => VerifyImport("axolotl-fields.yml");

    [Fact]
    public void LlamaFactoryLora() => VerifyImport("llamafactory/lora.yaml");

    [Fact]
    public void LlamaFactoryAlpaca() => VerifyImport("llamafactory/alpaca.yaml");

    [Fact]
    public void LlamaFactoryPretraining() => VerifyImport("llamafactory/pretrain.yaml");

    [Fact]
    public void TrlChat() => VerifyImport("trl-chat.yaml");

    [Fact]
    public void TrlCompletions() => VerifyImport("trl-completions.yaml");

    [Fact]
    public void AxolotlRewards() => VerifyImport("axolotl-grpo.yml");

    [Fact]
    public void TrlRewards() => VerifyImport("trl-grpo.yaml");

    [Fact]
    public void PeftAdapter() => VerifyImport("peft.json");

    /// <summary>A setting that could be taken away without a trace would have been dropped in silence.</summary>
    [Fact]
    public void NoSettingIsDroppedInSilence()
    {
        UseDatasetInfo();
        var silent = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("dataset_info.json", StringComparison.Ordinal)))
        {
            var whole = ConfigurationFile.Read(path);
            var expected = Describe(whole);
            foreach (var entry in whole.Root.Entries.Where(entry => !entry.Value.IsNothing && !SaidTwice.Contains(entry.Key)))
            {
                var without = whole with { Root = whole.Root with { Entries = [.. whole.Root.Entries.Where(other => other.Key != entry.Key)] } };
                if (expected == Describe(without))
                    silent.Add($"{Path.GetFileName(path)}: {entry.Key}");
            }
        }

        Assert.Equal(Implied, silent.Order(StringComparer.Ordinal));
    }

    private static string Describe(ConfigurationFile configuration)
    {
        var imported = RecipeImport.Convert(configuration, "configuration", "Imported");
        // Whatever a configuration lacks, the recipe is without mistakes.
        Assert.Empty(KeyRules.Check(imported.Settings, KeySurface.Yaml));
        Assert.DoesNotContain(RecipeRules.Check(imported.Settings, KeySurface.Yaml, _ => true), found => found.Rule.Severity == RuleSeverity.Error);
        Assert.All(KeyTable.All.Where(key => key.Required), key => Assert.True(imported.Settings.TryGet(key, out _), key.Path));
        return $"{imported.ToYaml()}\n{string.Join(' ', imported.Notes.Unneeded)}\n{string.Concat(imported.Files.Values)}";
    }

    private static void UseDatasetInfo()
    {
        Directory.CreateDirectory("data");
        File.Copy(Path.Combine(Folder, "llamafactory", "dataset_info.json"), "data/dataset_info.json", overwrite: true);
    }

    private void VerifyImport(string configuration, [CallerMemberName] string method = "")
    {
        UseDatasetInfo();
        var file = Path.GetFileName(configuration);
        File.Copy(Path.Combine(Folder, configuration), file);
        Assert.Equal(0, Run("import", file, "--name", method));
        var recipe = File.ReadAllText(Assert.Single(Directory.EnumerateFiles(".", "*.recipe.yaml")));
        var unneeded = Regex.Match(Output.ReplaceLineEndings(" "), "Not needed here: .*").Value.TrimEnd();
        var templates = Directory.EnumerateFiles(".", "*.jinja").Select(path => $"\n# {Path.GetFileName(path)}:\n{Regex.Replace(File.ReadAllText(path), "^", "#   ", RegexOptions.Multiline)}");
        Snapshot.Verify($"{recipe}\n# {unneeded}\n{string.Concat(templates)}", "yaml", method: method);
    }
}
