using System.Text.Json;
using FineTune.Storage;

namespace FineTune.Training;

/// <summary>The mark of a run that came to its end, <c>finished.json</c> in its folder.</summary>
/// <param name="Run">The run's identity.</param>
/// <param name="Result">How it ended.</param>
internal sealed record FinishedRun(string Run, TrainingResult Result)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the mark.</summary>
    public void Write(RunFolder folder) => AtomicFile.WriteText(PathIn(folder), JsonSerializer.Serialize(this, Json));

    /// <summary>Reads the mark; null if the run has not ended.</summary>
    public static FinishedRun? Read(RunFolder folder)
    {
        try
        {
            return File.Exists(PathIn(folder)) && Directory.Exists(folder.AdapterFolder)
                ? JsonSerializer.Deserialize<FinishedRun>(File.ReadAllBytes(PathIn(folder)), Json)
                : null;
        }
        catch (JsonException)
        {
            // A damaged mark is none: the run goes on from its last checkpoint.
            return null;
        }
    }

    private static string PathIn(RunFolder folder) => Path.Combine(folder.Path, "finished.json");
}
