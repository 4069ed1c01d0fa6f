using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using FineTune.Facts;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Facts;

/// <summary>
/// Whatever is in a model folder or a data file, reading it ends with facts or with an error of ours, soon and in little memory.
/// <c>FINETUNE_FUZZ_SECONDS</c> makes each test run that long, from <c>FINETUNE_FUZZ_SEED</c> on; it prints how many inputs it tried.
/// </summary>
public sealed class FactFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int ShortRuns = 400;

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud83d", "\\u0000", "null", "1e999", "-0", "99999999999999999999", "\n", "\r", "\r\n", "\t", "\0", "\uFEFF", "\u2028", "é", "😀", "'", ";", "--", "0x", "true",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Data => ["rows.jsonl", "rows.json", "rows.csv", "rows.tsv", "rows.jsonl.gz"];

    public static TheoryData<string> ModelFiles => ["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors", "model.safetensors.index.json"];

    /// <summary>Parquet files of the conformance vectors, where they are.</summary>
    public static TheoryData<string?> ParquetFiles()
    {
        string root = Environment.GetEnvironmentVariable("FINETUNE_CONFORMANCE") ?? Path.Combine(RepositoryPaths.Root, "..", "shared", "conformance");
        string folder = Path.Combine(root, "files", "parquet-arrow", "parquet");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal)] : new TheoryData<string?>((string?)null);
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void DataFiles(string name)
    {
        byte[] seed = Encoding.UTF8.GetBytes(Path.GetExtension(name) switch
        {
            ".json" => "[{\"a\": 1, \"b\": [\"x\", null]},\n {\"a\": 2.5, \"b\": [], \"c\": {\"d\": \"é\\u0041\"}}]",
            ".csv" => "a,b,c\n1,\"x, \"\"y\"\"\nz\",\n2,é,0.5\n\n3,,true\r\n",
            ".tsv" => "a\tb\n1\tx\n2\t\n",
            _ => "{\"a\": 1, \"b\": [{\"role\": \"user\", \"content\": \"é\"}]}\n\n{\"a\": null, \"b\": []}\n",
        });
        Fuzz(name, name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(seed) : seed, path => DataFactsText.Write(DataSampler.Read(path, name)));
    }

    [Theory]
    [MemberData(nameof(ParquetFiles))]
    public void Parquet(string? vector)
    {
        Assert.SkipWhen(vector is null, "The conformance vectors are absent.");
        Fuzz("rows.parquet", File.ReadAllBytes(vector!), path => DataFactsText.Write(DataSampler.Read(path, "rows.parquet")));
    }

    [Theory]
    [MemberData(nameof(ModelFiles))]
    public void Models(string name)
    {
        TinyModel.Write(_folder.Path);
        byte[] seed = name == "model.safetensors.index.json"
            ? "{\"metadata\": {}, \"weight_map\": {\"a.weight\": \"model.safetensors\", \"b.weight\": \"../x\"}}"u8.ToArray()
            : File.ReadAllBytes(_folder.File(name));
        if (name == "model.safetensors.index.json")
            File.Move(_folder.File("model.safetensors"), _folder.File("1.safetensors"));
        Fuzz(name, seed, path =>
        {
            string folder = Path.GetDirectoryName(path)!;
            ModelFolderReader.ReadChatTemplate(folder);
            return ModelFactsText.Write(ModelFolderReader.Read(folder, "m"));
        });
    }

    [Fact]
    public void FactFiles()
    {
        byte[] seed = Encoding.UTF8.GetBytes("name\tx\nvocab_size\t16\nlinear\tmodel.layers.{2}.q\t2\t8\t8\tlinear\ncolumn\t0\ta\tList\t1\ncolumn\t1\t\tObject\ncolumn\t2\tb\tString\t\t\t3\nbos\t<s>\t0\n");
        Fuzz("x.facts", seed, path =>
        {
            string text = File.ReadAllText(path);
            return ModelFactsText.Write(ModelFactsText.Read(text)) + DataFactsText.Write(DataFactsText.Read(text));
        });
    }

    private void Fuzz(string name, byte[] seed, Func<string, string> read)
    {
        bool isLong = double.TryParse(Environment.GetEnvironmentVariable("FINETUNE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double seconds);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("FINETUNE_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture));
        string path = _folder.File(name);
        var (total, facts, seedHasFacts) = (0, 0, false);
        for (var watch = Stopwatch.StartNew(); isLong ? watch.Elapsed.TotalSeconds < seconds : total < ShortRuns; total++)
        {
            byte[] input = total == 0 ? seed : Mutate(seed, random);
            File.WriteAllBytes(path, input);
            var one = Stopwatch.StartNew();
            try
            {
                Assert.NotNull(read(path));
                facts++;
                seedHasFacts |= total == 0;
            }
            catch (FineTuneException told)
            {
                Assert.StartsWith("FT", told.Code, StringComparison.Ordinal);
            }
            catch (Exception escaped) when (escaped is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{escaped}\nInput: {Convert.ToBase64String(input)}");
            }

            Assert.True(one.Elapsed < TimeSpan.FromSeconds(20), $"{one.Elapsed} for {Convert.ToBase64String(input)}");
        }

        output.WriteLine($"{name}: {total} inputs, {facts} of them with facts");
        Assert.InRange(facts, seedHasFacts ? 1 : 0, total);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (int changes = 1 + random.Next(4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 16), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                case 4 when at < bytes.Count:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(1, 64), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(20) == 0 ? bytes.Count - at : 0);
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return memory.ToArray();
    }
}
