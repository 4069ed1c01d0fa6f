using FineTune.Build.Elf;

namespace FineTune.Build.Tests.Elf;

/// <summary>A file is believed in nothing: every damage is a result or an <see cref="ElfFormatException"/>.</summary>
public sealed class HostileElfTests
{
    [Fact]
    public void EveryPrefix_IsRejected_WithoutAnotherException()
    {
        byte[] file = new ElfImageBuilder().Build();

        for (int length = 0; length < file.Length; length++)
        {
            // The last entry of the dynamic section may be missing: it says only that the section ends.
            if (length >= file.Length - 16)
                _ = Apply(file[..length]);
            else
                Assert.Throws<ElfFormatException>(() => WeakVersion.Apply(file[..length], "libx.so", "X_2.0"));
        }
    }

    [Fact]
    public void RandomDamage_NeverEscapesAsAnotherException()
    {
        byte[] file = new ElfImageBuilder { UsedSymbols = ["old_symbol", "new_symbol", "old_symbol"] }.Build();
        var random = new Random(20240607);
        int rejected = 0;
        for (int round = 0; round < 200_000; round++)
        {
            byte[] damaged = [.. file];
            for (int i = random.Next(1, 5); i > 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            rejected += Apply(damaged) ? 0 : 1;
        }

        Assert.InRange(rejected, 1, 199_999);
    }

    [Fact]
    public void TextFile_SaysThatItIsNoElfFile()
    {
        var error = Assert.Throws<ElfFormatException>(() => WeakVersion.Apply(new byte[100], "libx.so", "X_2.0"));

        Assert.Equal("it is not an ELF file", error.Message);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void OtherClassOrByteOrder_IsRejected(int place, byte value)
    {
        byte[] file = new ElfImageBuilder().Build();
        file[place] = value;

        var error = Assert.Throws<ElfFormatException>(() => WeakVersion.Apply(file, "libx.so", "X_2.0"));

        Assert.Equal("it is not a 64-bit little-endian ELF file", error.Message);
    }

    private static bool Apply(byte[] file)
    {
        try
        {
            _ = WeakVersion.Apply(file, "libx.so", "X_2.0");
            return true;
        }
        catch (ElfFormatException)
        {
            return false;
        }
    }
}
