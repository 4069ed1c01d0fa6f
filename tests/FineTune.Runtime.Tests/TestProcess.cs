using System.Runtime.CompilerServices;
using FineTune.Tensors;

namespace FineTune.Tests;

internal static class TestProcess
{
    // Tests that use tensors directly pass no entry point that would do it.
    [ModuleInitializer]
    public static void Configure() => NativeAllocator.Configure();
}
