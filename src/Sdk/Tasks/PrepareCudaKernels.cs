using FineTune.Build.Kernels;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace FineTune.Build.Tasks;

/// <summary>
/// Names each kernel's outputs and lists what it includes, as the last compilation found it, so that the build compiles
/// only what is stale.
/// </summary>
public sealed class PrepareCudaKernels : Task
{
    /// <summary>The kernels' sources.</summary>
    [Required]
    public ITaskItem[] Kernels { get; set; } = [];

    /// <summary>Where the PTX files go.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>
    /// The kernels with metadata <c>PtxFile</c>, <c>DependencyFile</c> and <c>Dependencies</c> (the included files).
    /// </summary>
    [Output]
    public ITaskItem[] PreparedKernels { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        ReportSameNames();
        PreparedKernels = [.. Kernels.Select(Prepare)];
        return !Log.HasLoggedErrors;
    }

    /// <summary>The output's folder is flat, as a kernel is asked for by its name.</summary>
    private void ReportSameNames()
    {
        foreach (var group in Kernels.GroupBy(k => k.GetMetadata("Filename"), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            ITaskItem second = group.ElementAt(1);
            Log.ReportError(
                "FT4005", second.GetMetadata("FullPath"),
                $"There are two kernels named '{group.Key}'; the other is '{group.First().ItemSpec}'. Rename one of the files.");
        }
    }

    private TaskItem Prepare(ITaskItem kernel)
    {
        string ptx = Path.Combine(OutputFolder, kernel.GetMetadata("Filename") + ".ptx");
        string dependencyFile = ptx + ".d";
        string[] dependencies = File.Exists(dependencyFile)
            ? [.. DependencyRule.Read(File.ReadAllText(dependencyFile)).Select(file => file.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3b", StringComparison.Ordinal))]
            : [];

        var prepared = new TaskItem(kernel);
        prepared.SetMetadata("PtxFile", ptx);
        prepared.SetMetadata("DependencyFile", dependencyFile);
        // The semicolons between the names separate, those within names must not.
        prepared.SetMetadata("Dependencies", string.Join(';', dependencies));
        return prepared;
    }
}
