namespace FineTune.Benchmarks;

/// <summary>What one child process measured.</summary>
/// <param name="Shape">The model's shape.</param>
/// <param name="Method"><c>lora</c> or <c>full</c>.</param>
/// <param name="ProductDType">The type of the products.</param>
/// <param name="TokensPerSecond">Prompt and completion tokens a second: the median over the steps after the first.</param>
/// <param name="ShareOfBareProduct">Useful FLOPs a second over those of a bare product in the same type, medians of interleaved measurements.</param>
/// <param name="BareProductGigaflops">The bare product's rate.</param>
/// <param name="PeakMemoryBytes">The process's resident memory at its peak.</param>
/// <param name="BaselineMemoryBytes">Its resident memory before the model was loaded: .NET, libtorch and the rows.</param>
/// <param name="NeededMemoryBytes">What weights, adapter, optimizer and one step's activations need.</param>
/// <param name="SecondsToFirstStep">From process start to the end of the first optimizer step.</param>
internal sealed record TrainingMeasurement(
    string Shape,
    string Method,
    string ProductDType,
    double TokensPerSecond,
    double ShareOfBareProduct,
    double BareProductGigaflops,
    long PeakMemoryBytes,
    long BaselineMemoryBytes,
    long NeededMemoryBytes,
    double SecondsToFirstStep)
{
    /// <summary>What the run added to the process over what it needs.</summary>
    public double PeakMemoryRatio => (PeakMemoryBytes - BaselineMemoryBytes) / (double)NeededMemoryBytes;
}
