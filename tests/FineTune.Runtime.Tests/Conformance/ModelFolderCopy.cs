namespace FineTune.Tests.Conformance;

/// <summary>A model folder with another of its configurations in place of config.json; weights are linked, not copied.</summary>
internal sealed class ModelFolderCopy : IDisposable
{
    private ModelFolderCopy(string path) => Path = path;

    public string Path { get; }

    public static ModelFolderCopy With(string folder, string config)
    {
        var copy = Directory.CreateTempSubdirectory("finetune-model-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder))
            File.CreateSymbolicLink(System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)), file);
        File.Delete(System.IO.Path.Combine(copy, "config.json"));
        File.CreateSymbolicLink(System.IO.Path.Combine(copy, "config.json"), System.IO.Path.Combine(folder, config));
        return new ModelFolderCopy(copy);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
