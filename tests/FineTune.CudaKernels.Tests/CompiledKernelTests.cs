using System.Text;
using System.Text.RegularExpressions;

namespace FineTune.CudaKernels.Tests;

public sealed partial class CompiledKernelTests
{
    [Fact]
    public void Ptx_HasEveryEntryThatTheLauncherAsksFor()
    {
        byte[]? ptx = KernelSource.Read("rms_norm");
        Assert.SkipWhen(ptx is null, "This build found no compiler for CUDA kernels.");

        Assert.Equal(
            [
                "rms_norm_backward_input_bf16", "rms_norm_backward_input_f32", "rms_norm_backward_weight_bf16",
                "rms_norm_backward_weight_f32", "rms_norm_forward_bf16", "rms_norm_forward_f32",
            ],
            Entries(ptx!));
    }

    [Fact]
    public void Ptx_CallsNoFunctionOfTheToolkit()
    {
        byte[]? ptx = KernelSource.Read("rms_norm");
        Assert.SkipWhen(ptx is null, "This build found no compiler for CUDA kernels.");

        // An unresolved function would be declared by .extern and fail when the driver loads the module.
        Assert.DoesNotContain(".extern", Encoding.UTF8.GetString(ptx!), StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownKernel_IsAbsent() => Assert.Null(KernelSource.Read("no_such_kernel"));

    private static IEnumerable<string> Entries(byte[] ptx) => EntryPoint().Matches(Encoding.UTF8.GetString(ptx))
        .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\.visible \.entry (\w+)\(")]
    private static partial Regex EntryPoint();
}
