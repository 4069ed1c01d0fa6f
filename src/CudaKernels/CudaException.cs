namespace FineTune.CudaKernels;

/// <summary>The CUDA driver refused a call.</summary>
public sealed class CudaException : Exception
{
    internal CudaException(string function, int code, string name)
        : base($"The CUDA driver's {function} failed with {name} ({code}).")
    {
        Code = code;
    }

    /// <summary>The driver's own number (CUresult), such as 2 for out of memory.</summary>
    public int Code { get; }
}
