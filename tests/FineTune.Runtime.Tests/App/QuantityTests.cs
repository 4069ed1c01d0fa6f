using FineTune.App.Display;

namespace FineTune.Tests.App;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(9_999, "9,999")]
    [InlineData(12_345, "12.3 k")]
    [InlineData(999_499, "999 k")]
    [InlineData(999_500, "1.00 M")]
    [InlineData(5_812_224, "5.81 M")]
    [InlineData(99_960_000, "100 M")]
    [InlineData(7.24e9, "7.24 G")]
    public void Short(double value, string expected) => Assert.Equal(expected, Quantity.Short(value));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "0.98 KiB")]
    [InlineData(12 << 20, "12.0 MiB")]
    [InlineData(123L << 30, "123 GiB")]
    public void Bytes(long value, string expected) => Assert.Equal(expected, Quantity.Bytes(value));

    [Theory]
    [InlineData(-3, "0s")]
    [InlineData(59.6, "1m 00s")]
    [InlineData(67, "1m 07s")]
    [InlineData(7500, "2h 05m")]
    [InlineData(90_000, "1d 01h")]
    public void Duration(double seconds, string expected) => Assert.Equal(expected, Quantity.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.0845, "8.5 %")]
    [InlineData(0.00012, "0.012 %")]
    [InlineData(1, "100.0 %")]
    public void Percent(double share, string expected) => Assert.Equal(expected, Quantity.Percent(share));

    [Fact]
    public void LearningRate_ShowsSmallDifferences()
    {
        Assert.Equal("1.98e-04", Quantity.LearningRate(0.000198));
        Assert.Equal("0", Quantity.LearningRate(0));
    }
}
