using FineTune.App.Display;
using FineTune.App.Reports;
using FineTune.Tests.Recipes;
using FineTune.Training;
using Spectre.Console;

namespace FineTune.Tests.App;

public sealed class DisplayTests
{
    [Fact]
    public void Text_CannotSteerATerminal()
    {
        Assert.Equal("a␛]0;title␇b\n\tc", TerminalText.Visible("a\u001B]0;title\u0007b\n\tc"));
        Assert.Equal("␡\uFFFDx\uFFFD", TerminalText.Visible("\u007F\u009Bx\u202E"));
        Assert.Equal("[[b]]", TerminalText.Escape("[b]"));
        Assert.Equal("a b c", TerminalText.Line(" a\n b\t c ", 10));
        Assert.Equal("abc…", TerminalText.Line("abcdefgh", 4));
        Assert.Equal("a…", TerminalText.Line("a\U0001F600bcd", 3));
    }

    [Fact]
    public void Sparkline_FromHighToLow()
    {
        Assert.Equal("█▅▁", Sparkline.Of([3, 2.1, 1], 10));
        Assert.Equal("█▁", Sparkline.Of([4, 4, 1, 1], 2));
        Assert.Equal("", Sparkline.Of([1], 10));
        Assert.Equal("", Sparkline.Of([1, double.NaN], 10));
    }

    [Theory]
    [InlineData(0, "[blue][/][grey]━━━━[/]")]
    [InlineData(0.4, "[blue]━╸[/][grey]━━[/]")]
    [InlineData(1, "[blue]━━━━[/][grey][/]")]
    public void ABar_MovesByHalfCells(double share, string expected) => Assert.Equal(expected, ProgressBar.Markup(share, 4, unicode: true));

    [Fact]
    public void Previews_ColourNeighboursDifferently_AndEndLines()
    {
        var markup = PreviewDisplay.Coloured([new(1, "a\n", false), new(2, "b", true), new(3, "[", true)]);
        Assert.Equal("[white on grey23]a↵[/]\n[black on darkseagreen3]b[/][black on green3][[[/]", markup);
    }

    [Fact]
    public void Columns_BecomeRows_WhereTheyWouldBeNarrow()
    {
        Assert.IsType<Grid>(SideBySide.Of(60, ("a", "1"), ("b", "2"), ("c", "3")));
        Assert.IsType<Table>(SideBySide.Of(80, ("a", "1"), ("b", "2"), ("c", "3")));
    }

    [Fact]
    public void Examples_AreSpreadOverAllRows()
    {
        var rows = Enumerable.Range(1, 100).Select(i => new FineTune.Evaluation.RowCompletions(i, "", "", "", "")).ToList();
        Assert.Equal([1, 21, 41, 61, 81], Examples.Choose(rows, 5).Select(row => row.Line));
        Assert.Equal(100, Examples.Choose(rows, 500).Count);
    }

    [Fact]
    public void ALiveDisplay_ShowsTheLastStep_AndTheNotices()
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 100;
        console.Profile.Capabilities.Unicode = true;
        var terminal = new Terminal(console, console, TextReader.Null, InputRedirected: true);
        var options = new QuestionPipeline().Options;
        var display = TrainingDisplay.For(terminal, options);
        Assert.IsType<LiveTrainingDisplay>(display);

        var result = display.Show(observer =>
        {
            var runner = new FakeRunner { DuringTraining = (o, _) => o.Notice("Going on from step 2.") };
            var root = Directory.CreateTempSubdirectory("finetune-");
            try
            {
                return runner.Train(new QuestionPipeline(), options, runner.Inputs(options), RunFolder.Of(options, root.FullName), observer, CancellationToken.None);
            }
            finally
            {
                root.Delete(recursive: true);
            }
        });

        Assert.Equal(4, result.Steps);
        var text = writer.ToString();
        Assert.Contains("Going on from step 2.", text, StringComparison.Ordinal);
        Assert.Contains("of 4", text, StringComparison.Ordinal);
        Assert.Contains("1.0000", text, StringComparison.Ordinal);
        Assert.Contains("━", text, StringComparison.Ordinal);
        Assert.Contains("\u001B[J", text, StringComparison.Ordinal); // no remains of the display beside a notice
    }

    [Fact]
    public void Metrics_TakeTheLaterLineOfAStep_AndSkipACutOne()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """
                {"step":1,"loss":4,"learning_rate":0.1}
                {"step":2,"loss":3,"learning_rate":0.1}
                {"step":2,"loss":2.5,"learning_rate":0.1,"grad_norm":1}
                {"step":3,"lo
                """);
            Assert.Equal([new StepMetrics(1, 4, 0.1), new StepMetrics(2, 2.5, 0.1)], StepMetrics.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
