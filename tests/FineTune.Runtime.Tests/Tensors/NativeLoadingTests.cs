using FineTune.Tensors;
using FineTune.TestSupport;
using TorchSharp;

namespace FineTune.Tests.Tensors;

public sealed class NativeLoadingTests
{
    [Fact]
    public void TwoTensors_Multiply()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor left = torch.tensor(new float[] { 1, 2, 3, 4 }).reshape(2, 2);
        torch.Tensor right = torch.tensor(new float[] { 5, 6, 7, 8 }).reshape(2, 2);

        torch.Tensor product = left.matmul(right);

        Assert.Equal([19f, 22f, 43f, 50f], product.data<float>().ToArray());
    }

    [Fact]
    public void LibtorchThatIsGone_IsAMistakeWithItsFolder()
    {
        using var folder = new TemporaryFolder();

        var error = TorchLibrary.TryLoad(folder.Path);

        Assert.Equal("FT5020", error?.Code);
        Assert.Contains(folder.Path, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LibtorchThatIsNoLibrary_IsAMistakeWithItsPath()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["torch.dll", "libtorch.dylib", "libtorch.so"];
        var paths = names.Select(name => folder.Write(name, "no library")).ToList();

        var error = TorchLibrary.TryLoad(folder.Path);

        Assert.Equal("FT5021", error?.Code);
        Assert.Contains(error!.Place, paths);
        Assert.StartsWith("libtorch is there, but cannot be loaded: ", error.Message, StringComparison.Ordinal);
    }
}
