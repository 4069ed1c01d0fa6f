using FineTune.Build.Elf;
using FineTune.Build.Tasks;
using FineTune.Build.Tests.Elf;
using FineTune.TestSupport;
using Microsoft.Build.Utilities;

namespace FineTune.Build.Tests.Tasks;

public sealed class WeakenVersionRequirementsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Copy_IsWeak_AndTheSourceStaysUntouched()
    {
        byte[] original = new ElfImageBuilder().Build();
        File.WriteAllBytes(_folder.File("lib.so"), original);

        Assert.True(Run());

        Assert.Equal(original, File.ReadAllBytes(_folder.File("lib.so")));
        Assert.Contains(VersionRequirement.ReadAll(new ElfImage(File.ReadAllBytes(_folder.File("out/lib.so")))), r => r.IsWeak);
        Assert.Equal(["lib.so"], Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName));
    }

    [Fact]
    public void Rewrite_IsANewFile_SoThatLinksToTheOldOneKeepTheirContent()
    {
        Directory.CreateDirectory(_folder.File("out"));
        File.WriteAllText(_folder.File("out/lib.so"), "old");
        using FileStream old = File.Open(_folder.File("out/lib.so"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        File.WriteAllBytes(_folder.File("lib.so"), new ElfImageBuilder().Build());

        Assert.True(Run());

        using var reader = new StreamReader(old);
        Assert.Equal("old", reader.ReadToEnd());
    }

    [Fact]
    public void UsedVersion_IsCopiedAsItIs_WithWarningFT3010()
    {
        byte[] original = new ElfImageBuilder { UsedSymbols = ["new_symbol"] }.Build();
        File.WriteAllBytes(_folder.File("lib.so"), original);

        Assert.True(Run());

        Assert.Equal(original, File.ReadAllBytes(_folder.File("out/lib.so")));
        var warning = Assert.Single(_engine.Warnings);
        Assert.Equal("FT3010", warning.Code);
        Assert.Equal(_folder.File("lib.so"), warning.File);
        Assert.Contains("'new_symbol' of X_2.0", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MalformedLibrary_IsErrorFT3011_AndNothingIsWritten()
    {
        File.WriteAllBytes(_folder.File("lib.so"), new ElfImageBuilder().Build()[..200]);

        Assert.False(Run());

        var error = Assert.Single(_engine.Errors);
        Assert.Equal("FT3011", error.Code);
        Assert.Equal(_folder.File("lib.so"), error.File);
        Assert.False(File.Exists(_folder.File("out/lib.so")));
    }

    [Fact]
    public void MissingLibrary_IsErrorFT3012()
    {
        Assert.False(Run());

        Assert.Equal("FT3012", Assert.Single(_engine.Errors).Code);
    }

    private bool Run()
    {
        var item = new TaskItem(_folder.File("lib.so"));
        item.SetMetadata("Destination", _folder.File("out/lib.so"));
        item.SetMetadata("Library", "libx.so");
        item.SetMetadata("Version", "X_2.0");
        return new WeakenVersionRequirements { BuildEngine = _engine, Libraries = [item] }.Execute();
    }
}
