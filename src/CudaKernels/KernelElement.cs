namespace FineTune.CudaKernels;

/// <summary>The type of the elements that a kernel reads and writes. Its sums are in 32 bits either way.</summary>
public enum KernelElement
{
    /// <summary>32-bit float.</summary>
    Float32,

    /// <summary>bfloat16.</summary>
    BFloat16,
}
