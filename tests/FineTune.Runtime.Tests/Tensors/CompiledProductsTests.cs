using System.Runtime.InteropServices;
using FineTune.Tensors;

namespace FineTune.Tests.Tensors;

public sealed partial class CompiledProductsTests
{
    [Fact]
    public void What_oneDNN_keeps_is_bounded_where_native_code_reads_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The variable is set by glibc's setenv.");
        TorchLibrary.Load();
        Assert.Equal(Environment.GetEnvironmentVariable(CompiledProducts.Variable) ?? "256", Marshal.PtrToStringUTF8(Variable(CompiledProducts.Variable)));
    }

    [LibraryImport("libc.so.6", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Variable(string name);
}
