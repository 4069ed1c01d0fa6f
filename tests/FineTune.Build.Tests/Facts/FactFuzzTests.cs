using System.IO.Compression;
using System.Text;
using FineTune.Facts;
using FineTune.TestSupport;
using FineTune.TestSupport.Fuzzing;

namespace FineTune.Build.Tests.Facts;

/// <summary>
/// Whatever is in a model folder or a data file, reading it ends with facts or with an error of ours, soon and in little memory.
/// <c>FINETUNE_FUZZ_SECONDS</c> makes each test run that long, from <c>FINETUNE_FUZZ_SEED</c> on; it prints how many inputs it tried.
/// </summary>
public sealed class FactFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int ShortRuns = 400;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Data => ["rows.jsonl", "rows.json", "rows.csv", "rows.tsv", "rows.jsonl.gz"];

    public static TheoryData<string> ModelFiles => ["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors", "model.safetensors.index.json"];

    public static TheoryData<string, string, string, int> Found => [.. FoundInputs.ModelFiles.Select(input => new TheoryDataRow<string, string, string, int>(input.File, input.Content, input.Code, input.Line))];

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

    /// <summary>What earlier runs found.</summary>
    [Theory]
    [MemberData(nameof(Found))]
    public void FoundInput_IsAMistakeWithItsLine(string name, string content, string code, int line)
    {
        TinyModel.Write(_folder.Path);
        if (name == "model.safetensors.index.json")
            File.Delete(_folder.File("model.safetensors"));
        string path = _folder.Write(name, content);

        var error = Assert.Throws<FineTuneException>(() => ModelFolderReader.Read(_folder.Path, "m"));

        Assert.Equal((code, $"{path}:{line}"), (error.Code, error.Place));
        Assert.Equal($"{name} is not JSON: The escape \\ud83d is half of a surrogate pair, which is no text. Get the file again from where it came.", error.Message);
    }

    private void Fuzz(string name, byte[] seed, Func<string, string> read)
    {
        string path = _folder.File(name);
        var fuzzer = new InputFuzzer(exception => (exception as FineTuneException)?.Code, ShortRuns);
        var (total, facts, seedHasFacts) = fuzzer.Run(seed, ByteChanges.Apply, input =>
        {
            File.WriteAllBytes(path, input);
            Assert.NotNull(read(path));
        });
        output.WriteLine($"{name}: {total} inputs, {facts} of them with facts");
        Assert.InRange(facts, seedHasFacts ? 1 : 0, total);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return memory.ToArray();
    }
}
