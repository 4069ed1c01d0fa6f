using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FineTune.Data;
using FineTune.Data.Checks;
using FineTune.Facts;
using FineTune.Prompts;
using FineTune.Recipes;
using FineTune.Tests.Conformance;
using FineTune.Tests.Recipes;
using FineTune.Training;

namespace FineTune.Tests.Data;

/// <summary>
/// Public datasets from the file to tokens: what the build sees in them, the row type that it makes of that, every row read and
/// rendered by a real model's tokenizer and template, and what the check of rows says. Counts and lengths of texts were computed by
/// Python's <c>json</c> and <c>csv</c>, the conversations rendered by Jinja itself.
/// </summary>
public sealed class RealDatasetTests(RealModelFolder model) : IClassFixture<RealModelFolder>
{
    private const string Question = "prompt: \"Question: {question}\\nAnswer: {answer|completion}\"";

    [Theory]
    [InlineData("train", 7473, 4042914, 2148453)]
    [InlineData("test", 1319, 727761, 386310)]
    public void Gsm8k(string part, int rows, int characters, int trained)
    {
        var data = Read($"gsm8k/{part}.jsonl", Question);
        Assert.Equal(["question String", "answer String"], data.Columns);
        Assert.Equal(DatasetType.Template, data.Options.Data.Type);
        Assert.Equal((rows, characters, trained), data.Totals);
        Assert.Empty(data.Errors);
        if (part == "train")
        {
            Assert.Equal(
                "Question: Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. How many clips did Natalia sell altogether in April and May?\nAnswer: "
                + "[Natalia sold 48/2 = <<48/2=24>>24 clips in May.\nNatalia sold 48+24 = <<48+24=72>>72 clips altogether in April and May.\n#### 72]",
                data.Show(0));
        }
    }

    /// <summary>Columns that no shape has are no shape, and the message names them.</summary>
    [Fact]
    public void Gsm8k_WithoutAPrompt_IsNotGuessed()
    {
        var recipe = Build("gsm8k/train.jsonl", "", out _);
        Assert.Equal("FT1500", recipe.Errors);
        Assert.Contains("with the columns 'question' and 'answer'", recipe.Diagnostics.Single(diagnostic => diagnostic.Id == "FT1500").GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>Answers are within lists there, so that it is not Alpaca's shape, although the instruction is called so.</summary>
    [Theory]
    [InlineData("seed_tasks", 175, 13121, "id String, name String, instruction String, instances List, is_classification Boolean")]
    [InlineData("user_oriented_instructions", 252, 25786, "id String, motivation_app String, instruction String, instances List")]
    public void SelfInstruct(string file, int rows, int characters, string columns)
    {
        Assert.Equal("FT1500", Build($"self-instruct/{file}.jsonl", "", out _).Errors);
        var data = Read($"self-instruct/{file}.jsonl", "prompt: \"{instruction|completion}\"");
        Assert.Equal(columns, string.Join(", ", data.Columns));
        Assert.Equal((rows, characters, characters), data.Totals);
        Assert.Empty(data.Errors);
        // Two of the tasks have one instruction.
        Assert.Equal(file == "seed_tasks" ? 0 : 1, data.Findings.Count(finding => finding.Code == "FT5148"));
    }

    [Theory]
    [InlineData("TrainingSet", 1201, 292354, 725994)]
    [InlineData("ValidationSet", 100, 21722, 50542)]
    [InlineData("TestSet-1-MEDIQA-Chat-2023", 200, 46466, 112730)]
    public void MtsDialog(string file, int rows, int summaries, int dialogues)
    {
        var data = Read($"mts-dialog/MTS-Dialog-{file}.csv", "prompt: \"{dialogue}{section_text|completion}\"");
        Assert.Equal(["ID Integer", "section_header String", "section_text String", "dialogue String"], data.Columns);
        Assert.Equal((rows, dialogues + summaries, summaries), data.Totals);
        Assert.Empty(data.Errors);
    }

    [Fact]
    public void MtsDialog_TextsOverSeveralLines()
    {
        var data = Read("mts-dialog/MTS-Dialog-TestSet-2-MEDIQA-Sum-2023.csv", "prompt: \"{ID} {section_header}: {dialogue}\\n{section_text|completion}\"");
        Assert.Equal(
            "0 CC: Doctor: Hello, how are you today?\nPatient: Not good. \nDoctor: What happened? \nPatient: I have a lot of congestion. I also am coughing a lot. "
            + "It feels like I am choking on something.\n[Congestion and cough.]",
            data.Show(0).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("train", 10003, 594916, 211295)]
    [InlineData("test", 3080, 167036, 62880)]
    public void Banking77(string part, int rows, int texts, int categories)
    {
        var data = Read($"banking77/{part}.csv", "prompt: \"{text}{category|completion}\"");
        Assert.Equal(["text String", "category String"], data.Columns);
        Assert.Equal((rows, texts + categories, categories), data.Totals);
        Assert.Empty(data.Errors);
        // With a column 'text' and no prompt it is text to go on with.
        var text = Read($"banking77/{part}.csv", "");
        Assert.Equal(DatasetType.Text, text.Options.Data.Type);
        Assert.Equal((rows, texts, texts), text.Totals);
    }

    [Fact]
    public void AlpacaDemo()
    {
        var data = Read("tool-calls-demo/alpaca_en_demo.json", "");
        Assert.Equal(DatasetType.Alpaca, data.Options.Data.Type);
        Assert.Equal((999, 953267, 701340), data.Totals);
        Assert.StartsWith(
            "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n### Instruction:\nDescribe a process of making crepes.\n\n### Response:\n[Making crepes is",
            data.Show(0), StringComparison.Ordinal);
        Assert.EndsWith(" ham and cheese. Roll or fold, and serve immediately. Enjoy!]", data.Show(0), StringComparison.Ordinal);
        Assert.Empty(data.Errors);
        Assert.Equal(14, data.Findings.Count(finding => finding.Code == "FT5148"));
    }

    /// <summary>Calls of tools and their answers, as Jinja renders them by Qwen2.5's template.</summary>
    [Fact]
    public void GlaiveToolCalls()
    {
        var template = Path.Combine(ConformanceFolder.RequireAssets(), "templates", "jinja", "Qwen-Qwen2.5-7B-Instruct.jinja");
        var data = Read("tool-calls-demo/glaive_toolcall_en_demo.json", $"chat_template: {JsonSerializer.Serialize(template)}");
        Assert.Equal(["conversations List", "tools String"], data.Columns);
        Assert.Equal(DatasetType.ShareGpt, data.Options.Data.Type);
        Assert.Equal((300, 754616), (data.Totals.Rows, data.Totals.Characters));
        Assert.Equal("fecfb39145b44eebc76e011d2cdb75cf8629881035b5a8895db1ec7d58862280", data.Hash);
        // What the assistant says, and its calls: 746 messages and 211 calls, each to the token that ends it.
        Assert.Equal((746 + 211, 211), (data.CountTrained("<|im_end|>"), data.CountTrained("<tool_call>")));
        Assert.Empty(data.Errors);
    }

    /// <summary>Qwen3's own template drops thoughts of earlier turns, so that it is not known what of those is trained: the last one is.</summary>
    [Fact]
    public void GlaiveToolCalls_ByATemplateThatRewritesEarlierTurns()
    {
        var recipe = Build("tool-calls-demo/glaive_toolcall_en_demo.json", "", out var facts);
        var mistake = new RecipeRows(recipe.Pipeline!, recipe.Pipeline!.Options).Training(facts.Name).First().Mistake;
        Assert.Equal(("FT5507", $"{facts.Name}:2"), (mistake?.Code, mistake?.Place));
        Assert.Contains("train_on: last", mistake!.Message, StringComparison.Ordinal);

        var data = Read("tool-calls-demo/glaive_toolcall_en_demo.json", "train_on: last");
        Assert.Equal((300, 736264), (data.Totals.Rows, data.Totals.Characters));
        Assert.Equal("87148f8c5725d7ac73f24cad6c21390ddc3c92fcf92d6720891831864d87ca39", data.Hash);
        Assert.Equal(300, data.CountTrained("<|im_end|>"));
        Assert.Empty(data.Errors);
    }

    /// <summary>Which of two answers is better, or whether one is good, is not learned yet: the build says so, and trains on no bad answers.</summary>
    [Theory]
    [InlineData("dpo", "DPO")]
    [InlineData("kto", "KTO")]
    public void Preferences_AreToldAtBuild(string file, string method)
    {
        var recipe = Build($"preference-demo/{file}_en_demo.json", "", out _);
        Assert.Equal("FT1502", recipe.Errors);
        Assert.Contains(method, recipe.Diagnostics.Single(diagnostic => diagnostic.Id == "FT1502").GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>Whoever says what they are, gets them all the same.</summary>
    [Fact]
    public void KtoDemo_AsConversations()
    {
        var data = Read("preference-demo/kto_en_demo.json", "type: messages");
        Assert.Equal((DatasetType.Messages, 300), (data.Options.Data.Type, data.Totals.Rows));
        Assert.Empty(data.Errors);
    }

    /// <summary>Files that are no rows are refused with what they are.</summary>
    [Theory]
    [InlineData("clinc150/data_small.json", "FT5012", ":1")]
    [InlineData("clinc150/domains.json", "FT5012", ":1")]
    [InlineData("xquad/xquad.en.json", "FT5012", ":1")]
    [InlineData("banking77/categories.json", "FT5012", ":2")]
    [InlineData("tinyshakespeare/input.txt", "FT1352", "")]
    public void WhatIsNoRows_IsRefused(string file, string code, string line)
    {
        var path = PathOf(file);
        var error = Assert.Throws<FineTuneException>(() => DataSampler.Read(path, file));
        Assert.Equal((code, path + line), (error.Code, error.Place));
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
    }

    private static string PathOf(string file) => Path.Combine(ConformanceFolder.RequireAssets(), "datasets", file);

    private GeneratedRecipe Build(string file, string keys, out DataFacts facts)
    {
        var path = PathOf(file);
        facts = DataSampler.Read(path, path);
        return GeneratedRecipe.Build(
            $"recipe: Real\nmodel: {{ base: {JsonSerializer.Serialize(model.Path)} }}\ndata:\n  train: {JsonSerializer.Serialize(path)}\n  overlong: truncate_end\n"
            + (keys.Length == 0 ? "" : $"  {keys}\n"),
            "Samples.Real", facts);
    }

    private Rows Read(string file, string keys)
    {
        var recipe = Build(file, keys, out var facts);
        Assert.Equal("", recipe.Errors);
        var options = recipe.Pipeline!.Options;
        var prompts = new RecipeRows(recipe.Pipeline, options).Training(facts.Name).Select(row => row.Mistake is null ? row.Row!.Value.Prompt : throw row.Mistake).ToList();
        var check = Assert.Single(DataCheck.Run(recipe.Pipeline, options));
        Assert.Equal(prompts.Count, check.Rows);
        Assert.True(check.TrainedTokens > 0 && check.Tokens >= check.TrainedTokens);
        return new(facts, options, prompts, check.Findings);
    }

    private sealed record Rows(DataFacts Facts, RecipeOptions Options, IReadOnlyList<Prompt> Prompts, IReadOnlyList<RowFinding> Findings)
    {
        public IEnumerable<string> Columns => Facts.Columns.Select(column => $"{column.Name} {column.Kind}");

        public (int Rows, int Characters, int Trained) Totals =>
            (Prompts.Count, Prompts.Sum(prompt => prompt.Text.Length), Prompts.Sum(prompt => prompt.Segments.Where(segment => segment.Trained).Sum(segment => segment.Text.Length)));

        /// <summary>Of all texts, with zeros between them.</summary>
        public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', Prompts.Select(prompt => prompt.Text)))));

        public IEnumerable<string> Errors => Findings.Where(finding => finding.IsError).Select(finding => $"{finding.Place} {finding.Code} {finding.Message}");

        /// <summary>How often a text is in what is trained.</summary>
        public int CountTrained(string text) =>
            Prompts.Sum(prompt => string.Concat(prompt.Segments.Where(segment => segment.Trained).Select(segment => segment.Text)).Split(text).Length - 1);

        public string Show(int row) => string.Concat(Prompts[row].Segments.Select(segment => segment.Trained ? $"[{segment.Text}]" : segment.Text));
    }
}
