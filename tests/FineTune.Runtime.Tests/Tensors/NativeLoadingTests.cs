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
}
