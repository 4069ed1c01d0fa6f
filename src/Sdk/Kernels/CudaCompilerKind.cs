namespace FineTune.Build.Kernels;

/// <summary>The compilers that turn a kernel into PTX.</summary>
internal enum CudaCompilerKind
{
    /// <summary>NVIDIA's compiler, with its toolkit.</summary>
    Nvcc,

    /// <summary>clang 14 or newer, which needs no toolkit.</summary>
    Clang,
}
