using FineTune.Generation;
using TorchSharp;

namespace FineTune.Tests.Generation;

[Collection(nameof(ProcessState))]
public sealed class GenerationMemoryTests
{
    [Fact]
    public void Nothing_IsLeftBehind()
    {
        using var model = TinyModel.Create();
        var generator = new TokenGenerator(model, [.. Enumerable.Range(0, 10)]);
        Generate(generator);
        var before = torch.Tensor.TotalCount;
        Generate(generator);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static void Generate(TokenGenerator generator) => generator.Generate([[5, 9, 12], [1], [44, 2]], new() { MaxNewTokens = 20, Temperature = 1 });
}
