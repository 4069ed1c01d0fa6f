namespace FineTune.CudaKernels;

/// <summary>The compiled kernels inside this assembly. A build without a compiler has none.</summary>
internal static class KernelSource
{
    /// <summary>The PTX of <c>{name}.cu</c>, or null where this assembly was built without a compiler for kernels.</summary>
    public static byte[]? Read(string name)
    {
        using Stream? resource = typeof(KernelSource).Assembly.GetManifestResourceStream(name + ".ptx");
        if (resource is null)
            return null;

        byte[] ptx = new byte[resource.Length];
        resource.ReadExactly(ptx);
        return ptx;
    }
}
