using System.Globalization;
using System.Text.Json;
using FineTune.Models;
using FineTune.Storage;
using FineTune.Training.Optimizers;
using static TorchSharp.torch;

namespace FineTune.Training.Checkpoints;

/// <summary>
/// A run's checkpoints: folders <c>step-00000042</c> with the trained weights, the optimizer's moments, the state of the
/// random numbers and <c>state.json</c>. A folder appears complete, by renaming, or not at all.
/// </summary>
internal sealed class CheckpointFolder(string path)
{
    private const string Prefix = "step-";
    private const string WeightsFile = "trained.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string StateFile = "state.json";
    private const string RandomState = "rng_state";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Saves a checkpoint and deletes older ones beyond a limit.</summary>
    /// <param name="state">Where the run is.</param>
    /// <param name="trained">The trained weights.</param>
    /// <param name="optimizer">Their optimizer.</param>
    /// <param name="average">Their average, or null.</param>
    /// <param name="keep">How many of the newest stay.</param>
    /// <param name="best">A step whose checkpoint stays besides; null for none.</param>
    /// <returns>Its folder.</returns>
    public string Save(CheckpointState state, IEnumerable<Parameter> trained, Optimizer optimizer, WeightAverage? average, int keep, int? best)
    {
        var folder = FolderOf(state.Step);
        if (Directory.Exists(folder))
            return folder;
        var temporary = folder + ".tmp";
        DeleteIfThere(temporary);
        try
        {
            using var random = get_rng_state();
            SafetensorsWriter.Write(Path.Combine(temporary, WeightsFile), trained.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)), null);
            SafetensorsWriter.Write(Path.Combine(temporary, OptimizerFile), optimizer.State.Concat(average?.State ?? []).Append(KeyValuePair.Create(RandomState, random)), null);
            AtomicFile.WriteText(Path.Combine(temporary, StateFile), JsonSerializer.Serialize(state, Json));
            Directory.Move(temporary, folder);
        }
        catch
        {
            DeleteIfThere(temporary);
            throw;
        }

        foreach (var older in Folders().SkipLast(Math.Max(1, keep)).Where(older => best is null || older != FolderOf(best.Value)))
            Directory.Delete(older, recursive: true);
        return folder;
    }

    /// <summary>The newest checkpoint of a run; null if there is none.</summary>
    public (string Folder, CheckpointState State)? Newest(string run)
    {
        foreach (var folder in Folders().Reverse())
        {
            if (ReadState(folder) is { } state && state.Run == run)
                return (folder, state);
        }

        return null;
    }

    /// <summary>Whether there are checkpoints, of whatever run.</summary>
    public bool HasAny => Folders().Any();

    /// <summary>Puts a checkpoint's content back.</summary>
    /// <exception cref="FineTuneException">FT5320: it does not fit.</exception>
    public static void Restore(string folder, CheckpointState state, IEnumerable<Parameter> trained, Optimizer optimizer, WeightAverage? average)
    {
        using var none = no_grad();
        RestoreWeights(folder, trained);
        using var moments = SafetensorsReader.Open(Path.Combine(folder, OptimizerFile));
        optimizer.Restore(state.Step, name => Read(moments, name, folder));
        average?.Restore(name => Read(moments, name, folder));
        using var random = Read(moments, RandomState, folder);
        set_rng_state(random);
    }

    /// <summary>The checkpoint of a step.</summary>
    /// <exception cref="FineTuneException">FT5320: it is not there.</exception>
    public (string Folder, CheckpointState State) At(int step) => ReadState(FolderOf(step)) is { } state
        ? (FolderOf(step), state)
        : throw new FineTuneException("FT5320", $"The checkpoint of step {step}, the best one, is not there any more. Train again with --restart.", FolderOf(step));

    private static void RestoreWeights(string folder, IEnumerable<Parameter> trained)
    {
        using var none = no_grad();
        using var weights = SafetensorsReader.Open(Path.Combine(folder, WeightsFile));
        foreach (var parameter in trained)
        {
            using var stored = Read(weights, parameter.Name, folder);
            parameter.Value.copy_(stored);
            parameter.Changed();
        }
    }

    private static Tensor Read(SafetensorsReader reader, string name, string folder) =>
        reader.Entries.ContainsKey(name)
            ? reader.Read(name)
            : throw new FineTuneException("FT5320", $"The checkpoint lacks '{name}'. Delete it to go on from an older one, or train again with --restart.", folder);

    private static CheckpointState? ReadState(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointState>(File.ReadAllBytes(Path.Combine(folder, StateFile)), Json);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // Not a checkpoint that this program wrote whole: another one may do.
            return null;
        }
    }

    private string FolderOf(int step) => Path.Combine(path, Prefix + step.ToString("D8", CultureInfo.InvariantCulture));

    private IEnumerable<string> Folders() => !Directory.Exists(path)
        ? []
        : Directory.EnumerateDirectories(path, Prefix + "*").Where(folder => !folder.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
