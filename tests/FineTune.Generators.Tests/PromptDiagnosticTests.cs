namespace FineTune.Generators.Tests;

public sealed class PromptDiagnosticTests
{
    [Fact]
    public void InABlock() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: train.jsonl
          prompt: | # not {this} one

            Braces: {{ }} {ok}
              Indented { name } and {}
            Open {name
            Close } and {a-b|completoin}
            JSON { "a": 1 }
            {ok|completion}
        """).Verify();

    [Fact]
    public void InQuotes() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: train.jsonl
          prompt: "Tab\t{ok} \"{ bad }\" {ok|completion}"
        """).Verify();

    [Fact]
    public void Folded() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: train.jsonl
          prompt: >-
            One line
            that goes on {ok|completed}
        """).Verify();

    [Fact]
    public void WithoutCompletion() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: train.jsonl
          prompt: |
            {question}
            {answer}
        """).Verify();

    [Fact]
    public void TextAfterTheLastCompletion() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: train.jsonl
          prompt: |+
            {question}{answer|completion}

        """).Verify();

    [Theory]
    [InlineData("|")]
    [InlineData("|-")]
    [InlineData("| # a comment with a - and a +")]
    public void TheLineBreakThatEndsABlockIsNoText(string header) => Assert.Equal("", GeneratorTest.Run($$"""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: train.jsonl
          prompt: {{header}}
            {question}
            {answer|completion}
        """).Ids);

    [Fact]
    public void InCSharp() => GeneratorTest.Run(code: """"
        using FineTune.Attributes;

        namespace Samples;

        [Prompt("""
              Member: {Signatrue} {signature}
            Summary:{Summary|complete}
            """)]
        public sealed record Raw(string Signature, string Summary);

        [Prompt("Tab\t{Other} \"{Signature|completion}\"")]
        public sealed record Regular(string Signature);

        [Prompt(@"Quote "" {Other}
        and {Signature|completion}")]
        public sealed record Verbatim(string Signature);

        [Prompt("One {Signature}" + " and {Other|completion}")]
        public sealed record Concatenated(string Signature);

        [Prompt(Texts.Template)]
        public sealed record Constant(string Signature);

        [Prompt("Escaped \u007bOther} and {Another|completion}")]
        public sealed record Escaped(string Signature);

        [Prompt("Nothing to learn")]
        public sealed record Nothing(string Signature);

        internal static class Texts
        {
            public const string Template = "{Other|completion}";
        }
        """").Verify();
}
