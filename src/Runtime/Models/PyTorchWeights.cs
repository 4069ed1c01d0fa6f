using FineTune.Storage.PyTorch;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>Weights in a PyTorch archive: a dictionary of tensors by name.</summary>
internal sealed class PyTorchWeights : IWeightFile
{
    private readonly PyTorchArchive _archive;
    private readonly Dictionary<string, PickleValue.Tensor> _tensors = [];

    /// <exception cref="FineTuneException">FT5100, FT5220: the archive is missing, broken, or holds something else than tensors.</exception>
    public PyTorchWeights(string path)
    {
        _archive = PyTorchArchive.Open(path);
        var content = _archive.Content as PickleValue.Dictionary;
        foreach (var (key, value) in content?.Items ?? [])
        {
            if (key is not PickleValue.Text name || value is not PickleValue.Tensor tensor)
            {
                content = null;
                break;
            }

            _tensors[name.Value] = tensor;
        }

        if (content is not null)
            return;
        _archive.Dispose();
        throw PyTorchErrors.Broken(path, "it is no dictionary of tensors, as the weights of a model are.");
    }

    public IEnumerable<string> Names => _tensors.Keys;

    public long[] Shape(string name) => _tensors[name].Shape;

    public Tensor Read(string name) => _archive.Read(_tensors[name], name);

    public void Dispose() => _archive.Dispose();
}
