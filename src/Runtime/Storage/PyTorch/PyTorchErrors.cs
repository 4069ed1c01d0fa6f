namespace FineTune.Storage.PyTorch;

/// <summary>The errors of PyTorch archives.</summary>
internal static class PyTorchErrors
{
    /// <summary>FT5220: the archive is broken, or holds what is not read.</summary>
    public static FineTuneException Broken(string path, string what) => new("FT5220", $"The PyTorch archive cannot be read: {what}", path);
}
