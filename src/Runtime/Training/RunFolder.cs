using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>Where a recipe's run keeps its files.</summary>
public sealed class RunFolder
{
    private RunFolder(string path, bool adapter)
    {
        Path = path;
        AdapterFolder = System.IO.Path.Combine(path, adapter ? "adapter" : "model");
    }

    /// <summary>The run's folder, relative to the project.</summary>
    public string Path { get; }

    /// <summary>The result: a PEFT folder <c>adapter/</c>, or without an adapter a Hugging Face folder <c>model/</c>.</summary>
    public string AdapterFolder { get; }

    /// <summary>What an interrupted run goes on from.</summary>
    public string CheckpointsFolder => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>One JSON object a step, appended by the training loop.</summary>
    public string MetricsFile => System.IO.Path.Combine(Path, "metrics.jsonl");

    /// <summary>The resolved recipe, overrides included.</summary>
    public string RecipeFile => System.IO.Path.Combine(Path, "recipe.yaml");

    /// <summary>The loss curve.</summary>
    public string PlotFile => System.IO.Path.Combine(Path, "loss.png");

    /// <summary>What was trained, how, and how good it is.</summary>
    public string ReportFile => System.IO.Path.Combine(Path, "report.json");

    /// <summary>Where <c>--restart</c> keeps the run that it replaces.</summary>
    public string PreviousPath => Path + ".previous";

    /// <summary>The folder of a recipe: <c>runs/{name}</c> below <paramref name="root"/>.</summary>
    /// <param name="options">The recipe.</param>
    /// <param name="root">The project's folder.</param>
    public static RunFolder Of(RecipeOptions options, string root = "")
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RunFolder(System.IO.Path.Combine(root, "runs", options.Name), options.Adapter is not null);
    }

    /// <summary>Moves the run to <see cref="PreviousPath"/>, in place of what an earlier restart left there.</summary>
    /// <returns>Whether there was a run to move.</returns>
    public bool SetAside()
    {
        if (!Directory.Exists(Path))
            return false;
        if (Directory.Exists(PreviousPath))
            Directory.Delete(PreviousPath, recursive: true);
        Directory.Move(Path, PreviousPath);
        return true;
    }

    /// <summary>Takes back what <see cref="SetAside"/> moved, in place of what may have been written since.</summary>
    public void TakeBack()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        Directory.Move(PreviousPath, Path);
    }
}
