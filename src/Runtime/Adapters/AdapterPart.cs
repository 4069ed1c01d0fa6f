using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>A trained tensor of an adapter, to be made.</summary>
/// <param name="Name">Its name in an adapter folder.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Module">The module.</param>
/// <param name="Base">The base weight of the module, or the weight that is copied, as it was before anything was attached.</param>
internal sealed record AdapterPart(string Name, AdapterPartKind Kind, long[] Shape, ModelModule Module, Tensor Base);
