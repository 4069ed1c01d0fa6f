using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>A file of named tensors.</summary>
internal interface IWeightFile : IDisposable
{
    IEnumerable<string> Names { get; }

    long[] Shape(string name);

    Tensor Read(string name);
}
