namespace FineTune.Generators.Tests;

public sealed class RowTests
{
    [Fact]
    public void EveryTypeOfColumn() => GeneratorTest.Run(code: """
        #nullable enable
        using FineTune.Attributes;
        using FineTune.Recipes;

        namespace Samples;

        [BaseModel("models/tiny", DType = ModelDType.Float32, Initialization = ModelInitialization.Random)]
        public sealed class Tiny;

        public abstract record Base(string Id);

        [Dataset("train.jsonl", Overlong = OverlongRows.TruncateEnd, Shuffle = false, Limit = 10, MaxLength = 64)]
        [Prompt("{Id} {Count} {Size} {Score} {Good} {Note} {MaybeCount} {MaybeGood} {Upper}\n{InputText|completion}")]
        public sealed record Sample(string Id, int Count, long Size, double Score, bool Good, string? Note, int? MaybeCount, bool? MaybeGood) : Base(Id)
        {
            public required string InputText { get; init; }

            public double? Weight { get; set; }

            public string Upper => Id.ToUpperInvariant();

            private string Secret { get; set; } = "";
        }

        [Recipe<Tiny, Sample>]
        [Pretrain(MaxSteps = 5, Schedule = LearningRateSchedule.CosineWithMinLr, MinLrRate = 0.1, WarmupSteps = 0.05, WeightDecay = 0.1)]
        public sealed partial class AllTypes;
        """).Verify();

    [Fact]
    public void NamesThatCollideWithCode() => GeneratorTest.Run("""
        recipe: Names
        model: { base: "models\\\"tiny\n" }
        data:
          train: "tr\u00e4in\u2028.jsonl"
          prompt: "{class} {Class} {row} {reader} {equals} {input-text} {input_text} {_} {__1} {日本}\r\n\u2028\0{{\"}} */ {completion|completion}"
        """.Replace("\\n\"", "\"", StringComparison.Ordinal)).Verify();

    [Fact]
    public void StructsAndClasses() => GeneratorTest.Run(code: """
        using FineTune.Attributes;

        [BaseModel("models/tiny")]
        internal sealed class Tiny;

        [Dataset("a.jsonl")]
        [Prompt("{in|completion}")]
        internal record struct Value(string @in);

        [Dataset("b.jsonl")]
        [Prompt("{Text|completion}")]
        internal sealed class Plain
        {
            public string Text { get; set; } = "";
        }

        [Recipe<Tiny, Value>] internal sealed partial class OfValues;
        [Recipe<Tiny, Plain>] internal sealed partial class OfClasses;
        """).Verify();
}
