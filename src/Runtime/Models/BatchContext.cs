using FineTune.Data;

namespace FineTune.Models;

/// <summary>What every block of one forward pass shares.</summary>
/// <param name="Layout">The sequences.</param>
/// <param name="Rotary">The angles of their positions.</param>
/// <param name="Cache">The keys and values of earlier tokens, in generation; not owned.</param>
internal sealed record BatchContext(SequenceLayout Layout, RotaryTable Rotary, KeyValueCache? Cache = null) : IDisposable
{
    public void Dispose() => Rotary.Dispose();
}
