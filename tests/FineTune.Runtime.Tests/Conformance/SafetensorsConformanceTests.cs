using System.Text.Json;
using FineTune.Storage;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/files/safetensors: files read and written byte for byte, and broken ones refused.</summary>
public sealed class SafetensorsConformanceTests(ConformanceReport report)
{
    private const string Folder = "files/safetensors";

    public static TheoryData<string?> Readable => ListFile.Ids($"{Folder}/read.json");

    public static TheoryData<string?> Writable => ListFile.Ids($"{Folder}/write.json");

    [Theory, MemberData(nameof(Readable))]
    public void Read(string? id)
    {
        var json = ListFile.Case($"{Folder}/read.json", id);
        ConformanceRun.Check(report, "files", $"safetensors/read/{id}", [], check =>
        {
            var path = Path.Combine(ConformanceFolder.Vectors!, Folder, json.GetProperty("file").GetString()!);
            try
            {
                using var reader = SafetensorsReader.Open(path);
                if (!json.GetProperty("valid").GetBoolean())
                    check.Fail("the file is broken, but was read");
                else
                    Compare(json, reader, check);
            }
            catch (FineTuneException refused) when (refused.Code == "FT5101")
            {
                var mayRefuse = json.TryGetProperty("strict_reader_may_refuse", out var may) && may.GetBoolean();
                if (json.GetProperty("valid").GetBoolean() && !mayRefuse)
                    check.Fail($"a valid file was refused: {refused.Message}");
            }
        });
    }

    [Theory, MemberData(nameof(Writable))]
    public void Write(string? id)
    {
        var json = ListFile.Case($"{Folder}/write.json", id);
        ConformanceRun.Check(report, "files", $"safetensors/write/{id}", Types(json), check =>
        {
            using var scope = NewDisposeScope();
            var tensors = json.GetProperty("tensors").EnumerateArray().Select(tensor => KeyValuePair.Create(tensor.GetProperty("name").GetString()!, Make(tensor))).ToList();
            var metadata = json.GetProperty("metadata") is { ValueKind: JsonValueKind.Object } values
                ? values.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!)
                : null;
            var path = Path.GetTempFileName();
            try
            {
                SafetensorsWriter.Write(path, tensors, metadata);
                check.SequenceEqual("bytes", File.ReadAllBytes(Path.Combine(ConformanceFolder.Vectors!, Folder, json.GetProperty("file").GetString()!)), File.ReadAllBytes(path));
            }
            finally
            {
                File.Delete(path);
            }
        });
    }

    private static void Compare(JsonElement json, SafetensorsReader reader, ConformanceCheck check)
    {
        var expected = json.GetProperty("tensors").EnumerateArray().ToList();
        check.SequenceEqual("names", expected.Select(tensor => tensor.GetProperty("name").GetString()!).Order(StringComparer.Ordinal), reader.Entries.Keys.Order(StringComparer.Ordinal));
        foreach (var tensor in expected)
        {
            var name = tensor.GetProperty("name").GetString()!;
            check.Equal($"dtype of {name}", tensor.GetProperty("dtype").GetString(), reader.Entries[name].Dtype.Name);
            check.SequenceEqual($"shape of {name}", tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), reader.Entries[name].Shape);
            check.Equal($"content of {name}", tensor.GetProperty("hex").GetString(), Convert.ToHexStringLower(reader.ReadBytes(name)));
        }

        var metadata = json.GetProperty("metadata");
        check.Equal("metadata", metadata.ValueKind == JsonValueKind.Object, reader.Metadata is not null);
        if (metadata.ValueKind == JsonValueKind.Object)
            check.SequenceEqual("metadata", metadata.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!)).Order(), reader.Metadata!.Select(pair => (pair.Key, pair.Value)).Order());
    }

    // TorchSharp has no tensors of these types, so the runtime has none to write.
    private static IEnumerable<string> Types(JsonElement json) =>
        json.GetProperty("tensors").EnumerateArray().Select(tensor => tensor.GetProperty("dtype").GetString()!)
            .Where(name => SafetensorsDtype.Find(name)?.Scalar is null).Select(name => $"safetensors-write:{name}");

    private static unsafe Tensor Make(JsonElement json)
    {
        var tensor = empty([.. json.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())], dtype: SafetensorsDtype.Find(json.GetProperty("dtype").GetString()!)!.Scalar!.Value);
        var bytes = Convert.FromHexString(json.GetProperty("hex").GetString()!);
        if (bytes.Length > 0)
            bytes.CopyTo(new Span<byte>(TensorMemory.Address(tensor), bytes.Length));
        return tensor;
    }
}
