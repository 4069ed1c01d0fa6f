using FineTune.App;
using FineTune.Tests.Recipes;

namespace FineTune.Tests.App;

public sealed class OtherCommandsTests : CommandLineTests
{
    [Fact]
    public void SeveralRecipes_OneHasToBeNamed()
    {
        AddRecipe("Poems");
        Assert.Equal(ExitCode.UserMistake, Run("train"));
        Assert.Contains("FT5001", Error, StringComparison.Ordinal);
        Assert.Contains("Poems, Questions", Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, Run("train", "poems"));
        Assert.Equal("Poems", Runner.Trained!.Name);
        Assert.Contains("dotnet run -- generate Poems", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AMistypedCommand_IsToldSo()
    {
        Assert.Equal(ExitCode.UserMistake, Run("evalute"));
        Assert.Contains("FT5002", Error, StringComparison.Ordinal);
        Assert.Contains("'evalute' is neither a command nor a recipe", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void NoRecipes_SaysHowToDeclareOne()
    {
        Pipelines.Clear();
        Assert.Equal(ExitCode.UserMistake, Run());
        Assert.Contains("FT5003", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "--restrat")]
    [InlineData("generate", "--temperature", "warm", "x")]
    [InlineData("generate", "--temperature", "-1", "x")]
    [InlineData("generate", "--top-p", "1.5", "x")]
    [InlineData("preview", "--rows", "0")]
    [InlineData("evaluate", "--rows", "-3")]
    public void AWrongOption_IsOneLine(params string[] args)
    {
        Assert.Equal(ExitCode.UserMistake, Run(args));
        Assert.StartsWith("error FT5005: ", Error, StringComparison.Ordinal);
        Assert.Contains(args[^1] == "x" ? args[^2] : args[^1], Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.Empty(Runner.Calls);
    }

    [Theory]
    [InlineData("", "dotnet run -- plan")]
    [InlineData("train", "--restart")]
    [InlineData("plan", "Examples:")]
    [InlineData("data", "--max")]
    [InlineData("preview", "--html")]
    [InlineData("evaluate", "--examples")]
    [InlineData("generate", "--top-p")]
    [InlineData("merge", "--output")]
    public void Help_HasExamples(string command, string contains)
    {
        Assert.Equal(ExitCode.Done, command.Length == 0 ? Run("--help") : Run(command, "--help"));
        Assert.Contains("Examples:", Output, StringComparison.Ordinal);
        Assert.Contains(contains, Output, StringComparison.Ordinal);
        Assert.Empty(Runner.Calls);
    }

    [Fact]
    public void Help_NamesTheRecipeOnce_AfterTheCommand()
    {
        Run("train", "--help");
        Assert.Contains(" train [<recipe>] [options]", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[<recipe>] train", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_IsOfWhatTrains()
    {
        Assert.Equal(ExitCode.Done, Run("--version"));
        Assert.StartsWith("FineTune.Sdk ", Output, StringComparison.Ordinal);
        Assert.Contains("TorchSharp   0.", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Overrides_ReachTheWork_AndAreCheckedAsInTheBuild()
    {
        Assert.Equal(ExitCode.Done, Run("--set", "training.epochs=2", "--set", "adapter.rank=4"));
        Assert.Equal((2, 4), (Runner.Trained!.Training.Epochs, Runner.Trained.Adapter!.Rank));

        Assert.Equal(ExitCode.UserMistake, Run("train", "--set", "training.epoch=2"));
        Assert.StartsWith("--set training.epoch=2: error FT1001: ", Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'epochs'?", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ShowsPartsAndTotals()
    {
        Assert.Equal(ExitCode.Done, Run("plan"));
        Assert.Equal(["plan"], Runner.Calls);
        Assert.Matches(@"trained\s+480,000\s+8\.0 %", Output);
        Assert.Matches(@"total\s+47\.4 MiB", Output);
        Assert.Matches(@"dropped\s+7", Output);
        Assert.DoesNotContain("truncated", Output, StringComparison.Ordinal);
        Assert.Contains("this processor has no bf16 instructions", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_BracketsWhatIsTrained()
    {
        Assert.Equal(ExitCode.Done, Run("preview"));
        Assert.Contains("train.jsonl:2  5 tokens, 2 trained", Output, StringComparison.Ordinal);
        Assert.Contains("Q: [x]\nA:[[ 4<end>]]", Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_OfPrompts_SaysWhatIsDoneWithThem()
    {
        Assert.Equal(ExitCode.Done, Run("preview", "--set", "training.method=grpo"));
        Assert.Contains("Prompts: the model writes what follows, and the recipe's rewards judge it.", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the loss counts", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_WritesAPage()
    {
        Assert.Equal(ExitCode.Done, Run("preview", "--html", "out/rows.html"));
        Assert.Contains("1 rows are in out/rows.html.", Output, StringComparison.Ordinal);
        Assert.Contains("train.jsonl:2", File.ReadAllText("out/rows.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_BeforeTraining_MeasuresTheBase()
    {
        Assert.Equal(ExitCode.Done, Run("evaluate", "--rows", "50"));
        Assert.Equal(["evaluate 50"], Runner.Calls);
        Assert.Contains("not trained yet", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("change", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_UpdatesTheReport()
    {
        Run("train");
        Runner.Scores = Runner.Scores with { Rows = 1000 };
        Assert.Equal(ExitCode.Done, Run("evaluate"));
        Assert.Contains("\"rows\": 1000", File.ReadAllText("runs/Questions/report.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_WithoutTestRows_IsAMistake()
    {
        Pipelines[0] = new QuestionPipeline { Recipe = new QuestionPipeline().Recipe with { Data = new() { Train = "train.jsonl" } } };
        Assert.Equal(ExitCode.UserMistake, Run("evaluate"));
        Assert.Contains("FT5004", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_ContinuesTexts_AndRows()
    {
        Run("train");
        Runner.Calls.Clear();
        Assert.Equal(ExitCode.Done, Run("generate", "Once upon", """{"question":"2+2"}""", "--temperature", "0.5", "--seed", "7", "--max-new-tokens", "9"));
        Assert.Equal(["Once upon|9|0.5|7", "Once upon|9|0.5|7", "Q: 2+2\nA:|9|0.5|7", "Q: 2+2\nA:|9|0.5|7", "disposed"], Runner.Calls);
        Assert.Contains("base: base answer", Output, StringComparison.Ordinal);
        Assert.Contains("tuned: tuned answer", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_ReadsStandardInput_AndSkipsItsOwnName()
    {
        Assert.Equal(ExitCode.Done, RunWithInput("two\nlines\n", "generate", "questions"));
        Assert.Equal(["two\nlines|64|0|42", "disposed"], Runner.Calls);
        Assert.Contains("not trained yet", Error, StringComparison.Ordinal);

        Runner.Calls.Clear();
        RunWithInput("{\"question\":\"a\"}\n{\"question\":\"b\"}\n", "generate");
        Assert.Equal(["Q: a\nA:|64|0|42", "Q: b\nA:|64|0|42", "disposed"], Runner.Calls);
    }

    [Fact]
    public void Generate_ARowWithoutItsContext_IsAMistake()
    {
        Assert.Equal(ExitCode.UserMistake, Run("generate", """{"answer":"4"}"""));
        Assert.Equal("error FT5009: The row has no column 'question', which the prompt has before its completion.", Error.TrimEnd());
    }

    [Fact]
    public void Merge_NeedsATrainedAdapter_AndAnEmptyFolder()
    {
        Assert.Equal(ExitCode.UserMistake, Run("merge"));
        Assert.Contains("FT5010", Error, StringComparison.Ordinal);

        Run("train");
        Assert.Equal(ExitCode.Done, Run("merge"));
        Assert.Contains("merge " + Path.Combine("runs", "Questions", "merged"), Runner.Calls);
        Assert.Contains("11.0 MiB in bfloat16", Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.UserMistake, Run("merge", "--output", "runs"));
    }
}
