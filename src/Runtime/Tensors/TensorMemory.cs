using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>Direct access to the memory of contiguous CPU tensors.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The address of a tensor's first element.</summary>
    /// <exception cref="ArgumentException">The tensor is not contiguous or not in main memory.</exception>
    public static void* Address(Tensor tensor)
    {
        if (!tensor.is_contiguous() || tensor.device_type != DeviceType.CPU)
            throw new ArgumentException("Only contiguous tensors in main memory have an address to read.", nameof(tensor));
        if (tensor.numel() == 0)
            return null;
        // tensor.bytes is a span over the data from the storage offset on; its reference is the address.
        fixed (byte* address = tensor.bytes)
            return address;
    }

    /// <summary>A tensor's bytes.</summary>
    public static long ByteCount(Tensor tensor) => tensor.numel() * tensor.element_size();

    /// <summary>Reads a tensor's content from a file.</summary>
    public static void Fill(Tensor tensor, SafeFileHandle file, long offset, long length)
    {
        var address = (byte*)Address(tensor);
        for (long done = 0; done < length;)
        {
            var chunk = (int)Math.Min(length - done, 1 << 30);
            var read = RandomAccess.Read(file, new Span<byte>(address + done, chunk), offset + done);
            if (read == 0)
                throw new EndOfStreamException("The file became shorter while it was read.");
            done += read;
        }
    }

    /// <summary>Writes a tensor's content to a stream.</summary>
    public static void Write(Tensor tensor, Stream stream)
    {
        var address = (byte*)Address(tensor);
        var length = ByteCount(tensor);
        for (long done = 0; done < length; done += 1 << 26)
            stream.Write(new ReadOnlySpan<byte>(address + done, (int)Math.Min(length - done, 1 << 26)));
    }
}
