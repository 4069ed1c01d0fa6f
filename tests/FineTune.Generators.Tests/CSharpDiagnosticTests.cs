namespace FineTune.Generators.Tests;

public sealed class CSharpDiagnosticTests
{
    private const string Types = """
        using FineTune.Attributes;
        using FineTune.Recipes;

        namespace Samples;

        [BaseModel("models/tiny")]
        public sealed class Tiny;

        [Dataset("train.jsonl")]
        [Prompt("{Question}{Answer|completion}")]
        public sealed record Row(string Question, string Answer);

        """;

    [Fact]
    public void RecipeClasses() => GeneratorTest.Run(code: Types + """
        [Recipe<Tiny, Row>] public sealed class NotPartial;
        [Recipe<Tiny, Row>] public static partial class Static;
        [Recipe<Tiny, Row>] public abstract partial class Abstract;
        [Recipe<Tiny, Row>] public partial record Record;
        [Recipe<Tiny, Row>] public partial class Generic<T>;
        [Recipe<Tiny, Row>] file partial class Local;
        [Recipe<Tiny, Row>] public partial class Derived : System.Exception;
        [Recipe<Tiny, Row>] public partial class Constructed(int value) { public int Value => value; }
        public partial class Outer
        {
            [Recipe<Tiny, Row>] public partial class Nested;
        }
        [Recipe<Tiny, Row>] [Sft] [Pretrain] public partial class Both;
        """).Verify();

    [Fact]
    public void SwappedTypes() => GeneratorTest.Run(code: Types + """
        [Recipe<Row, Tiny>] public sealed partial class Swapped;
        """).Verify();

    [Fact]
    public void AttributesOfOtherTypes() => GeneratorTest.Run(code: Types + """
        [Recipe<Tiny, Row>]
        [BaseModel("models/tiny")]
        [Dataset("train.jsonl")]
        [Prompt("{Answer|completion}")]
        public sealed partial class All;
        """).VerifyDiagnostics();

    /// <summary>Names of other tools, of other attributes and slips; the compiler says no more than that there is no such property.</summary>
    [Fact]
    public void NamesOfArguments() => GeneratorTest.Run(code: Types + """
        [Dataset("train.jsonl", CutoffLen = 512, Epochs = 3)]
        [Prompt("{Question}{Answer|completion}")]
        public sealed record Other(string Question, string Answer);

        [Recipe<Tiny, Other>]
        [Lora(LoraR = 8, Alhpa = 16, LearningRate = 1e-4, UseDoraX = true)]
        [Sft(NumTrainEpochs = 3, SamplePacking = true, WandbProject = "mine", OutputDir = "out", Bf16 = true)]
        public sealed partial class Bad;
        """).Verify();

    /// <summary>What uses a recipe with mistakes has none of its own.</summary>
    [Fact]
    public void ARecipeWithMistakesStaysAPipeline()
    {
        var test = GeneratorTest.Run(code: Types + """
            [Recipe<Tiny, Row>] [Sft(Epochs = 0)] public sealed partial class Bad;
            public static class User { public static string Name => new Bad().Options.Name; }
            """);
        Assert.Equal("FT1007", test.Ids);
        Assert.DoesNotContain(test.Compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Fact]
    public void MissingAttributes() => GeneratorTest.Run(code: Types + """
        public sealed class NoModel;
        public sealed record NoRow(string Text);
        [Recipe<NoModel, NoRow>] public sealed partial class Bare;
        """).Verify();

    [Fact]
    public void StrayAttributes() => GeneratorTest.Run(code: Types + """
        [Lora] [Sft] [Evaluate(Metric.Perplexity)] public sealed partial class Stray;
        """).Verify();

    [Fact]
    public void Settings() => GeneratorTest.Run(code: Types + """
        [BaseModel("", DType = (ModelDType)7)]
        public sealed class BadModel;

        [Dataset("train.jsonl", MaxLength = 1)]
        [Prompt("{A|completion}")]
        public sealed record BadRow(string A);

        [Recipe<Tiny, Row>]
        [Lora(Rank = 0, Dropout = 1, Targets = "q_proj, v_porj")]
        [Sft(LearningRate = 0, TokensPerBatch = 100, BatchSize = 4, Schedule = LearningRateSchedule.Constant, WarmupSteps = 10)]
        [Evaluate(Metric.RougeL, Metric.RougeL)]
        public sealed partial class Bad;

        [Recipe<Tiny, Row>]
        [Sft(Epochs = double.NaN)]
        [Evaluate(Metric.RougeL)]
        public sealed partial class WithoutTestRows;
        """).Verify();

    [Fact]
    public void FilesOfRows() => GeneratorTest.Run(code: Types + """
        [Dataset("train.jsonl", Weight = 0)]
        [DatasetFile("more.jsonl", Weight = -1)]
        [DatasetFile("train.jsonl")]
        [Prompt("{A|completion}")]
        public sealed record Mixture(string A);

        [Recipe<Tiny, Mixture>] public sealed partial class Mixed;
        """).Verify();

    [Fact]
    public void Rows() => GeneratorTest.Run(code: Types + """
        [Prompt("{A|completion}")]
        public sealed record Unsupported(string A, System.DateTime When, float Weight);

        [Prompt("{A|completion}")]
        public sealed class Unconstructible(string text) { public string A => text; }

        [Prompt("{A|completion}")]
        public abstract record Abstract(string A);

        [Prompt("{InputText|completion}")]
        public sealed record Ambiguous(string InputText, string input_text);

        internal sealed record Hidden(string A);

        [Dataset("train.jsonl")]
        [Prompt("{A|completion}")]
        internal sealed record Internal(string A);

        [Recipe<Tiny, Internal>] public sealed partial class Public;
        [Recipe<Tiny, Internal>] internal sealed partial class Fine;
        """).Verify();
}
