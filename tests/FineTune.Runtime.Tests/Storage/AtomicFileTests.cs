using FineTune.Storage;

namespace FineTune.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void AFailedWrite_LeavesTheOldFile_AndNothingElse()
    {
        var path = Path.Combine(_root.FullName, "runs", "report.json");
        AtomicFile.WriteText(path, "old");

        var error = Assert.Throws<FineTuneException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No room.");
        }));

        Assert.Equal(("FT5103", path), (error.Code, error.Place));
        Assert.Contains("No room.", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["report.json"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void AWrite_ReplacesTheFile()
    {
        var path = Path.Combine(_root.FullName, "a.txt");
        AtomicFile.WriteText(path, "a longer text");
        AtomicFile.WriteText(path, "é");
        Assert.Equal([0xC3, 0xA9], File.ReadAllBytes(path));
    }
}
