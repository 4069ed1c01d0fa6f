using FineTune.Recipes;

namespace FineTune.Tests.Recipes;

public sealed class RecipeOverridesTests
{
    private static readonly RecipeOptions Recipe = new()
    {
        Name = "Sample",
        Model = new() { Base = "models/base" },
        Data = new() { Train = "train.jsonl", Test = "test.jsonl", Prompt = "{q}{a|completion}" },
        Adapter = new() { Rank = 8 },
        Training = new() { TokensPerBatch = 4096 },
        Evaluation = new() { Metrics = [Metric.Perplexity], Rows = 50 },
    };

    [Fact]
    public void AssignmentsChangeTheirOptionAlone()
    {
        Assert.Equal(Recipe.Training with { Epochs = 2 }, RecipeOverrides.Apply(Recipe, "training.epochs=2").Training);
        Assert.Equal(Recipe.Training with { LearningRate = 1e-5 }, RecipeOverrides.Apply(Recipe, " training.learning_rate = 1e-5 ").Training);
        Assert.Equal(LearningRateSchedule.CosineWithMinLr, RecipeOverrides.Apply(Recipe, "training.schedule=cosine_with_min_lr").Training.Schedule);
        Assert.Equal(ModelDType.BFloat16, RecipeOverrides.Apply(Recipe, "model.dtype=bfloat16").Model.DType);
        Assert.Equal((DataFiles)"a=b.jsonl", RecipeOverrides.Apply(Recipe, "data.train=a=b.jsonl").Data.Train);
        Assert.Equal(["a.jsonl", new("b c.jsonl", 0.5)], RecipeOverrides.Apply(Recipe, "data.train=[a.jsonl, { path: \"b c.jsonl\", weight: 0.5 }]").Data.Train);
        Assert.False(RecipeOverrides.Apply(Recipe, "data.shuffle=false").Data.Shuffle);
    }

    [Theory]
    [InlineData("adapter.targets=q_proj,v_proj")]
    [InlineData("adapter.targets=[q_proj, v_proj]")]
    public void ListsAreSeparatedByCommas(string assignment) =>
        Assert.Equal(["q_proj", "v_proj"], RecipeOverrides.Apply(Recipe, assignment).Adapter!.Targets);

    [Fact]
    public void NullTakesAnOptionalKeyBack()
    {
        var rows = RecipeOverrides.Apply(RecipeOverrides.Apply(Recipe, "training.tokens_per_batch=null"), "training.batch_size=4");
        Assert.Equal((null, 4), (rows.Training.TokensPerBatch, rows.Training.BatchSize));
    }

    [Fact]
    public void TheAdapterCanBeTakenOffAndPutOn()
    {
        var full = RecipeOverrides.Apply(Recipe, "adapter.kind=none");
        Assert.Null(full.Adapter);
        Assert.Equal(16, RecipeOverrides.Apply(full, "adapter.kind=lora").Adapter!.Rank);
        Assert.Equal(8, RecipeOverrides.Apply(Recipe, "adapter.kind=lora").Adapter!.Rank);
    }

    [Theory]
    [InlineData("training.epoch=2", "FT1001", "Unknown key 'epoch' in 'training'; did you mean 'epochs'?")]
    [InlineData("adapter.lora_r=2", "FT1017", "'lora_r' is 'adapter.rank' here.")]
    [InlineData("lr=2", "FT1017", "'lr' is 'training.learning_rate' here.")]
    [InlineData("trainign.epochs=2", "FT1001", "Unknown key 'trainign' at the top level; did you mean 'training'?")]
    [InlineData("training.epochs=two", "FT1006", "'training.epochs' must be a number, but is 'two'.")]
    [InlineData("training.epochs=", "FT1039", "'training.epochs' must be a number, but is given no value; leave the key out for its default, 1.")]
    [InlineData("training.epochs=null", "FT1039", "'training.epochs' must be a number, but is 'null'; leave the key out for its default, 1.")]
    [InlineData("training.max_steps=1e3", "FT1035", "'training.max_steps' must be an integer, but is '1e3'; write 1000.")]
    [InlineData("training.max_steps=1_000", "FT1034", "'training.max_steps' is '1_000'; numbers are written in decimal, without separators: write 1000.")]
    [InlineData("training.epochs=NaN", "FT1037", "'training.epochs' must be a finite number, but is 'NaN'; write a number above 0.")]
    [InlineData("training.seed=2147483648", "FT1036", "'training.seed' must be an integer up to 2147483647, but is '2147483648'.")]
    [InlineData("training.epochs=0", "FT1007", "'training.epochs' must be above 0, but is 0.")]
    [InlineData("adapter.dropout=1", "FT1007", "'adapter.dropout' must be from 0 to below 1, but is 1.")]
    [InlineData("training.save_steps=2.5", "FT1028", "'training.save_steps' must be a whole number of steps, or below 1 a share of all steps, but is 2.5.")]
    [InlineData("training.batch_size=4", "FT1008", "'training.batch_size' and 'training.tokens_per_batch' exclude each other; keep one of them.")]
    [InlineData("model.dtype=bf16", "FT1023", "'bf16' is 'bfloat16' here, as a value of 'model.dtype'.")]
    [InlineData("evaluation.metrics=rougel", "FT1010", "'evaluation.metrics' has no value 'rougel'; did you mean 'rougeL'?")]
    [InlineData("training.early_stopping_patience=2", "FT1106", "'training.early_stopping_patience' means nothing without 'training.eval_steps'; add that, or remove this.")]
    [InlineData("training.gradient_accumulation=4", "FT1063", "'training.gradient_accumulation' means nothing without 'training.batch_size'; add that, or remove this.")]
    [InlineData("training.min_lr_rate=0.1", "FT1071", "'training.min_lr_rate' is not read where 'training.schedule' is linear; remove it, or set 'training.schedule' to cosine_with_min_lr.")]
    [InlineData("data.test=null", "FT1104", "'evaluation.metrics' means nothing without 'data.test'; add that, or remove this.")]
    [InlineData("data.train=[a.jsonl, { path: b.jsonl, weight: 0 }]", "FT1506", "A weight must be above 0 and at most 1000, but is 0; to leave a file out, remove it.")]
    [InlineData("data.train=[a.jsonl, a.jsonl]", "FT1507", "'a.jsonl' is named 2 times; name it once and give it a weight, as in { path: a.jsonl, weight: 2 }.")]
    [InlineData("data.train=[{ weight: 2 }]", "FT1505", "The file has no path; write it as in { path: data/more.jsonl, weight: 0.5 }.")]
    [InlineData("data.test_size=0.1", "FT1008", "'data.test_size' and 'data.test' exclude each other; keep one of them.")]
    [InlineData("data.test_size=1.5", "FT1508", "'data.test_size' must be a share below 1 or a whole number of rows, but is 1.5.")]
    [InlineData("data.split_by=author", "FT1012", "'data.split_by' means nothing without 'data.test_size'; add that, or remove this.")]
    [InlineData("bf16=true", "FT1017", "'bf16' is said otherwise here: write 'dtype: bfloat16' in 'model'.")]
    [InlineData("training.packing=true", "FT1018", "'packing' (axolotl, LLaMA-Factory, TRL, torchtune) is not needed here: rows are always packed, and attention never crosses from one to another; remove it.")]
    [InlineData("epochs=2", "FT1020", "'epochs' is no key of the top level; it belongs in 'training'.")]
    [InlineData("data.train=~/t.jsonl", "FT1052", "'~/t.jsonl' is taken as it is: '~' is not replaced; write the path from the project's folder.")]
    [InlineData("adapter.targets=[all-linear, q_proj]", "FT1091", "all-linear stands for every linear layer but the output head and has no others beside it; remove it, or the others.")]
    [InlineData("training.epochs", "FT1016", "'training.epochs' assigns nothing; write key=value, as in training.epochs=2.")]
    [InlineData("training=2", "FT1016", "'training' is a section; name one of its keys, as in training.method=….")]
    [InlineData("data.prompt={a}", "FT1016", "'data.prompt' is fixed at build time, because code is generated from it; change it in the recipe.")]
    public void MistakesAreTheBuilds(string assignment, string code, string message)
    {
        var exception = Assert.Throws<FineTuneException>(() => RecipeOverrides.Apply(Recipe, assignment));
        Assert.Equal((code, message, $"--set {assignment}"), (exception.Code, exception.Message, exception.Place));
    }

    [Fact]
    public void AnAdaptersKeyNeedsAnAdapter()
    {
        var exception = Assert.Throws<FineTuneException>(() => RecipeOverrides.Apply(Recipe with { Adapter = null }, "adapter.rank=4"));
        Assert.Equal("'adapter.rank' is not read where 'adapter.kind' is none; remove it, or set 'adapter.kind' to lora.", exception.Message);
    }

    [Fact]
    public void WarningsAreThoseThatTheOverridesBring()
    {
        var built = Recipe with { Training = Recipe.Training with { LearningRate = 1e-5 } };
        Assert.Equal(
            ["warning FT1067: 'training.epochs' is 1000, which counts passes over all rows; if steps are meant, write 'training.max_steps'."],
            RecipeWarnings.Of(built, RecipeOverrides.Apply(built, "training.epochs=1000")));
        Assert.Empty(RecipeWarnings.Of(built, RecipeOverrides.Apply(built, "training.epochs=3")));
    }
}
