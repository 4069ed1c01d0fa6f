using System.Diagnostics;
using System.Globalization;

namespace FineTune.Tests.Templates;

/// <summary>
/// A short run over seeds that never change, and one as long as <c>FINETUNE_FUZZ_MINUTES</c> says over new ones. What was found once is in the
/// corpus, which is run each time.
/// </summary>
public sealed class TemplateFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void CorpusRuns() => TemplateFuzzer.CheckCompiled([.. TemplateFuzzer.Corpus.Where(source => TemplateFuzzer.Check(source) is not null)]);

    [Fact]
    public void ShortRun()
    {
        var fuzzer = new TemplateFuzzer(seed: 1);
        fuzzer.Run(400);
        Assert.True(fuzzer.Counts.Valid > 20, fuzzer.Counts.ToString());
    }

    [Fact]
    public void LongRun()
    {
        var given = Environment.GetEnvironmentVariable("FINETUNE_FUZZ_MINUTES");
        Assert.SkipWhen(string.IsNullOrEmpty(given), "Set FINETUNE_FUZZ_MINUTES to fuzz for as long.");
        var watch = Stopwatch.StartNew();
        var seed = Environment.TickCount;
        var (tried, valid, compiled) = (0L, 0L, 0L);
        while (watch.Elapsed < TimeSpan.FromMinutes(double.Parse(given, CultureInfo.InvariantCulture)))
        {
            var fuzzer = new TemplateFuzzer(seed++);
            fuzzer.Run(400);
            (tried, valid, compiled) = (tried + fuzzer.Counts.Tried, valid + fuzzer.Counts.Valid, compiled + fuzzer.Counts.Compiled);
            output.WriteLine($"seed {seed}: {tried:N0} tried, {valid:N0} valid, {compiled:N0} compiled and compared");
            if (Environment.GetEnvironmentVariable("FINETUNE_FUZZ_LOG") is { Length: > 0 } log)
                File.WriteAllText(log, $"{watch.Elapsed}: last seed {seed - 1}: {tried} tried, {valid} valid, {compiled} compiled and compared\n");
        }
    }
}
