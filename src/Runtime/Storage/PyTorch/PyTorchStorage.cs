namespace FineTune.Storage.PyTorch;

/// <summary>A piece of memory that tensors look at, several perhaps.</summary>
/// <param name="Key">Its name within the archive.</param>
/// <param name="Dtype">What its elements are; null of an untyped one, which counts bytes.</param>
/// <param name="Elements">Elements.</param>
internal sealed record PyTorchStorage(string Key, PyTorchDtype? Dtype, long Elements)
{
    /// <summary>Its size.</summary>
    public long Bytes => checked(Elements * (Dtype?.Bytes ?? 1));
}
