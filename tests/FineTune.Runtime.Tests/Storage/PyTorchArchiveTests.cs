using System.Text;
using FineTune.Models;
using FineTune.Storage.PyTorch;

namespace FineTune.Tests.Storage;

/// <summary>Damaged and hostile archives, made by hand; whole ones are in the conformance vectors.</summary>
public sealed class PyTorchArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finetune-archive-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("\u0080\u0002cposix\nsystem\nX\u0004\0\0\0true\u0085R.")]
    [InlineData("cos\nsystem\n(S'true'\ntR.")]
    [InlineData("\u0080\u0002].")]
    [InlineData("PK\u0003\u0004 nothing more")]
    [InlineData("")]
    public void What_is_no_checkpoint_is_refused(string content)
    {
        var path = Path.Combine(_folder, "pytorch_model.bin");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
        Assert.Equal("FT5220", Assert.Throws<FineTuneException>(() => PyTorchArchive.Open(path)).Code);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FineTuneException>(() => PyTorchArchive.Open(Path.Combine(_folder, "none.bin")));
        Assert.Equal("FT5100", error.Code);
    }

    [Fact]
    public void Every_shortened_file_is_refused_and_none_crashes()
    {
        Conformance.ConformanceFolder.SkipIfAbsent();
        var source = Path.Combine(Conformance.ConformanceFolder.Vectors!, "files", "pytorch", "good", "state_dict_fp32.pt");
        Assert.SkipUnless(File.Exists(source), "The conformance folder has no archives.");
        var bytes = File.ReadAllBytes(source);
        var path = Path.Combine(_folder, "cut.pt");
        for (var length = 0; length < bytes.Length; length += 13)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<FineTuneException>(() => PyTorchArchive.Open(path));
        }

        // A flipped bit may leave the file whole; it must never do more than be refused.
        var random = new Random(1);
        for (var i = 0; i < 400; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, changed);
            try
            {
                using var weights = new PyTorchWeights(path);
                foreach (var name in weights.Names)
                    weights.Read(name).Dispose();
            }
            catch (FineTuneException)
            {
                // Refused.
            }
        }
    }
}
