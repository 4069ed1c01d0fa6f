using System.Diagnostics;
using System.Globalization;

namespace FineTune.TestSupport.Fuzzing;

/// <summary>
/// Gives a reader changed inputs: each must end with a result or a mistake that is told, soon. <c>FINETUNE_FUZZ_SECONDS</c> makes a run
/// that long, from <c>FINETUNE_FUZZ_SEED</c> on.
/// </summary>
/// <param name="codeOf">The code of a told mistake; <see langword="null"/> of any other exception.</param>
/// <param name="shortRuns">The inputs of a run without the variable.</param>
public sealed class InputFuzzer(Func<Exception, string?> codeOf, int shortRuns)
{
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(20);

    /// <summary>Runs a reader on a seed and on changes of it.</summary>
    /// <param name="seed">An input, best one that is read well.</param>
    /// <param name="change">Changes it.</param>
    /// <param name="read">The reader.</param>
    /// <returns>The inputs, those among them that were read without a mistake, and whether the seed was.</returns>
    /// <exception cref="FuzzFindingException">The reader threw something else, or took too long.</exception>
    public (int Total, int Accepted, bool SeedAccepted) Run(byte[] seed, Func<byte[], Random, byte[]> change, Action<byte[]> read)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(read);
        var isLong = double.TryParse(Environment.GetEnvironmentVariable("FINETUNE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("FINETUNE_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture));
        var (total, accepted, seedAccepted) = (0, 0, false);
        for (var watch = Stopwatch.StartNew(); isLong ? watch.Elapsed.TotalSeconds < seconds : total < shortRuns; total++)
        {
            var isAccepted = Accepts(total == 0 ? seed : change(seed, random), read);
            accepted += isAccepted ? 1 : 0;
            seedAccepted |= total == 0 && isAccepted;
        }

        return (total, accepted, seedAccepted);
    }

    private bool Accepts(byte[] input, Action<byte[]> read)
    {
        var watch = Stopwatch.StartNew();
        var isAccepted = true;
        try
        {
            read(input);
        }
        catch (Exception exception)
        {
            if (codeOf(exception)?.StartsWith("FT", StringComparison.Ordinal) != true)
                throw new FuzzFindingException($"{exception}\nInput: {Show(input)}", exception);
            isAccepted = false;
        }

        return watch.Elapsed < LongestRead ? isAccepted : throw new FuzzFindingException($"{watch.Elapsed} for {Show(input)}");
    }

    private static string Show(byte[] input) => Convert.ToBase64String(input);
}
