namespace FineTune.CudaKernels;

/// <summary>
/// RMSNorm and its gradient on a GPU. Formulas and geometry: <c>rms_norm.cu</c>. Tensors are given by the address of their
/// first element in GPU memory and are contiguous: x, y and their gradients [rows, features], w [features], s [rows].
/// </summary>
public sealed unsafe class RmsNormKernel : IDisposable
{
    private const uint Warp = 32;
    private const uint LargestRowBlock = 256;
    private const uint RowGroups = 16;

    private readonly KernelModule _module;
    private readonly nint _forward;
    private readonly nint _backwardInput;
    private readonly nint _backwardWeight;

    private RmsNormKernel(KernelModule module, KernelElement element)
    {
        _module = module;
        string suffix = element == KernelElement.BFloat16 ? "bf16" : "f32";
        _forward = module.Function("rms_norm_forward_" + suffix);
        _backwardInput = module.Function("rms_norm_backward_input_" + suffix);
        _backwardWeight = module.Function("rms_norm_backward_weight_" + suffix);
    }

    /// <summary>Compiles the kernels for a GPU, or says why they cannot run there.</summary>
    /// <param name="driver">The CUDA driver.</param>
    /// <param name="device">The GPU's number, from 0.</param>
    /// <param name="element">The type of x, y, w and of their gradients other than that of w.</param>
    /// <param name="reason">What is missing, where the result is <see langword="null"/>; otherwise empty.</param>
    public static RmsNormKernel? TryCreate(CudaDriver driver, int device, KernelElement element, out string reason)
    {
        ArgumentNullException.ThrowIfNull(driver);
        if (KernelSource.Read("rms_norm") is not { } ptx)
        {
            reason = "FineTune.CudaKernels was built without a compiler for kernels.";
            return null;
        }

        KernelModule? module = null;
        try
        {
            module = new KernelModule(driver, device, ptx);
            reason = "";
            return new RmsNormKernel(module, element);
        }
        catch (CudaException e)
        {
            module?.Dispose();
            reason = e.Message;
            return null;
        }
    }

    /// <summary>Writes y and the row scales s, which the gradients need.</summary>
    /// <param name="y">Result, [rows, features].</param>
    /// <param name="s">Result, [rows], 32-bit float.</param>
    /// <param name="x">Input, [rows, features].</param>
    /// <param name="w">Weight, [features].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="epsilon">Added to the mean of the squares.</param>
    /// <param name="stream">The stream's handle; 0 is the default stream.</param>
    public void Forward(nint y, nint s, nint x, nint w, int rows, int features, float epsilon, nint stream = 0)
    {
        void** arguments = stackalloc void*[] { &y, &s, &x, &w, &features, &epsilon };
        _module.Launch(_forward, RowsLaunch(rows, features, stream), arguments);
    }

    /// <summary>Writes the gradient of x.</summary>
    /// <param name="dx">Result, [rows, features].</param>
    /// <param name="dy">Gradient of y, [rows, features].</param>
    /// <param name="x">Input of the forward pass, [rows, features].</param>
    /// <param name="w">Weight, [features].</param>
    /// <param name="s">Row scales of the forward pass, [rows].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="stream">The stream's handle; 0 is the default stream.</param>
    public void BackwardInput(nint dx, nint dy, nint x, nint w, nint s, int rows, int features, nint stream = 0)
    {
        void** arguments = stackalloc void*[] { &dx, &dy, &x, &w, &s, &features };
        _module.Launch(_backwardInput, RowsLaunch(rows, features, stream), arguments);
    }

    /// <summary>Writes the gradient of w, in 32-bit float.</summary>
    /// <param name="dw">Result, [features], 32-bit float.</param>
    /// <param name="dy">Gradient of y, [rows, features].</param>
    /// <param name="x">Input of the forward pass, [rows, features].</param>
    /// <param name="s">Row scales of the forward pass, [rows].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="stream">The stream's handle; 0 is the default stream.</param>
    public void BackwardWeight(nint dw, nint dy, nint x, nint s, int rows, int features, nint stream = 0)
    {
        CheckShape(rows, features);
        void** arguments = stackalloc void*[] { &dw, &dy, &x, &s, &rows, &features };
        _module.Launch(_backwardWeight, new KernelLaunch(((uint)features + Warp - 1) / Warp, Warp, RowGroups, stream), arguments);
    }

    /// <inheritdoc/>
    public void Dispose() => _module.Dispose();

    /// <summary>A block a row, with as many warps as the row feeds.</summary>
    private static KernelLaunch RowsLaunch(int rows, int features, nint stream)
    {
        CheckShape(rows, features);
        uint threads = Math.Min(LargestRowBlock, ((uint)features + Warp - 1) / Warp * Warp);
        return new KernelLaunch((uint)rows, threads, 1, stream);
    }

    private static void CheckShape(int rows, int features)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
    }
}
