using FineTune.Build.Elf;

namespace FineTune.Build.Tests.Elf;

public sealed class WeakVersionTests
{
    [Fact]
    public void UnusedVersion_BecomesWeak_AndNothingElseChanges()
    {
        byte[] original = new ElfImageBuilder().Build();
        byte[] changed = [.. original];

        WeakVersionResult result = WeakVersion.Apply(changed, "libx.so", "X_2.0");

        Assert.True(result.Changed);
        int difference = Assert.Single(Enumerable.Range(0, original.Length), i => original[i] != changed[i]);
        Assert.Equal(VersionRequirement.WeakFlag, changed[difference] ^ original[difference]);
        Assert.Equal(
            [("X_1.0", false), ("X_2.0", true)],
            VersionRequirement.ReadAll(new ElfImage(changed)).Select(r => (r.Version, r.IsWeak)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UsedVersion_IsLeftAlone_AndNamesTheSymbol(bool usesProcedureLinkage)
    {
        byte[] file = new ElfImageBuilder
        {
            UsedSymbols = ["old_symbol", "new_symbol"],
            UsesProcedureLinkage = usesProcedureLinkage,
        }.Build();
        byte[] before = [.. file];

        WeakVersionResult result = WeakVersion.Apply(file, "libx.so", "X_2.0");

        Assert.Equal("new_symbol", result.UsedSymbol);
        Assert.False(result.Changed);
        Assert.Equal(before, file);
    }

    [Theory]
    [InlineData("libx.so", "X_3.0")]
    [InlineData("liby.so", "X_2.0")]
    public void VersionThatIsNotAskedFor_ChangesNothing(string library, string version)
    {
        byte[] file = new ElfImageBuilder().Build();
        byte[] before = [.. file];

        Assert.Equal(WeakVersionResult.NotNeeded, WeakVersion.Apply(file, library, version));
        Assert.Equal(before, file);
    }

    [Fact]
    public void WeakVersion_StaysAsItIs()
    {
        byte[] file = new ElfImageBuilder { NewVersionFlags = VersionRequirement.WeakFlag }.Build();

        Assert.Equal(WeakVersionResult.NotNeeded, WeakVersion.Apply(file, "libx.so", "X_2.0"));
    }

    [Fact]
    public void TorchSharpLibrary_LosesOneBit_AndKeepsItsOtherRequirements()
    {
        byte[] original = File.ReadAllBytes(RepositoryPaths.TorchSharpLibrary);
        byte[] changed = [.. original];

        Assert.True(WeakVersion.Apply(changed, "libstdc++.so.6", "GLIBCXX_3.4.32").Changed);

        Assert.Equal(1, original.Zip(changed).Count(pair => pair.First != pair.Second));
        VersionRequirement weak = Assert.Single(VersionRequirement.ReadAll(new ElfImage(changed)), r => r.IsWeak);
        Assert.Equal(("libstdc++.so.6", "GLIBCXX_3.4.32"), (weak.Library, weak.Version));
    }

    [Fact]
    public void TorchSharpLibrary_UsesItsOlderVersions()
    {
        byte[] file = File.ReadAllBytes(RepositoryPaths.TorchSharpLibrary);

        WeakVersionResult result = WeakVersion.Apply(file, "libstdc++.so.6", "GLIBCXX_3.4.30");

        Assert.False(string.IsNullOrEmpty(result.UsedSymbol));
    }
}
