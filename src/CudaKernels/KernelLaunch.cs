namespace FineTune.CudaKernels;

/// <summary>How a kernel is spread over the GPU: a row of blocks, each of one or two dimensions of threads.</summary>
/// <param name="GridX">Blocks.</param>
/// <param name="BlockX">Threads of a block in its first dimension; a multiple of the warp's 32.</param>
/// <param name="BlockY">Threads of a block in its second dimension.</param>
/// <param name="Stream">The stream's handle; 0 is the default stream, in order with TorchSharp's work.</param>
internal readonly record struct KernelLaunch(uint GridX, uint BlockX, uint BlockY, nint Stream);
