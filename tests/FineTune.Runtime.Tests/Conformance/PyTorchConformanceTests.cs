using System.Globalization;
using System.Text;
using System.Text.Json;
using FineTune.Storage.PyTorch;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/files/pytorch: archives of torch.save, their content, and hostile ones that must be refused.</summary>
public sealed class PyTorchConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> ReadCases => ListFile.Ids("files/pytorch/read.json");

    public static TheoryData<string?> BadCases => ListFile.Ids("files/pytorch/bad.json");

    [Theory, MemberData(nameof(ReadCases))]
    public void Read(string? id)
    {
        var json = ListFile.Case("files/pytorch/read.json", id);
        ConformanceRun.Check(report, "files", $"pytorch/read/{id}", [], check =>
        {
            using var archive = PyTorchArchive.Open(PathOf(json));
            check.Equal("content", Text(json.GetProperty("content")), Describe(archive));
        });
    }

    [Theory, MemberData(nameof(BadCases))]
    public void Bad(string? id)
    {
        var json = ListFile.Case("files/pytorch/bad.json", id);
        ConformanceRun.Check(report, "files", $"pytorch/bad/{id}", [], check =>
        {
            try
            {
                using var archive = PyTorchArchive.Open(PathOf(json));
                check.Fail("it is accepted");
            }
            catch (FineTuneException exception)
            {
                check.Equal("code", "FT5220", exception.Code);
            }

            check.Equal("executed", false, File.Exists("PAYLOAD_WAS_EXECUTED"));
        });
    }

    private static string PathOf(JsonElement json) => Path.Combine(ConformanceFolder.Vectors!, "files", "pytorch", json.GetProperty("file").GetString()!);

    // Spaces of the vectors' file are none of ours.
    private static string Text(JsonElement json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            json.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Describe(PyTorchArchive archive)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            new Description(archive, writer).Write(archive.Content);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Description(PyTorchArchive archive, Utf8JsonWriter json)
    {
        private readonly List<string> _storages = [];

        public void Write(PickleValue value)
        {
            json.WriteStartObject();
            switch (value)
            {
                case PickleValue.None:
                    json.WriteString("type", "NoneType");
                    json.WriteNull("value");
                    break;
                case PickleValue.Boolean boolean:
                    json.WriteString("type", "bool");
                    json.WriteBoolean("value", boolean.Value);
                    break;
                case PickleValue.Integer integer:
                    Scalar("int", integer.Value.ToString(CultureInfo.InvariantCulture));
                    break;
                case PickleValue.Float number:
                    Scalar("float", Float(number.Value));
                    break;
                case PickleValue.Complex complex:
                    json.WriteString("type", "complex");
                    json.WriteStartArray("value");
                    json.WriteRawValue(Float(complex.Real));
                    json.WriteRawValue(Float(complex.Imaginary));
                    json.WriteEndArray();
                    break;
                case PickleValue.Text text:
                    Scalar("str", text.Value);
                    break;
                case PickleValue.Bytes bytes:
                    json.WriteString("type", "bytes");
                    json.WriteString("hex", Convert.ToHexStringLower(bytes.Value));
                    break;
                case PickleValue.List list:
                    Items("list", list.Items);
                    break;
                case PickleValue.Tuple tuple:
                    Items("tuple", tuple.Items);
                    break;
                case PickleValue.Set set:
                    Items("set", set.Items);
                    break;
                case PickleValue.Size size:
                    json.WriteString("type", "Size");
                    Numbers("value", size.Values);
                    break;
                case PickleValue.Device device:
                    Scalar("device", device.Name);
                    break;
                case PickleValue.Dtype dtype:
                    Scalar("dtype", dtype.Type.Name);
                    break;
                case PickleValue.Dictionary dictionary:
                    Dictionary(dictionary);
                    break;
                case PickleValue.Tensor tensor:
                    Tensor(tensor);
                    break;
                default:
                    throw new InvalidOperationException($"A value {value}.");
            }

            json.WriteEndObject();
        }

        private void Scalar(string type, string value)
        {
            json.WriteString("type", type);
            json.WriteString("value", value);
        }

        private void Items(string type, IEnumerable<PickleValue> items)
        {
            json.WriteString("type", type);
            json.WriteStartArray("items");
            foreach (var item in items)
                Write(item);
            json.WriteEndArray();
        }

        private void Dictionary(PickleValue.Dictionary dictionary)
        {
            json.WriteString("type", dictionary.IsOrdered ? "OrderedDict" : "dict");
            json.WriteStartArray("items");
            foreach (var (key, value) in dictionary.Items)
            {
                json.WriteStartArray();
                Write(key);
                Write(value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            foreach (var (key, value) in (dictionary.Attributes as PickleValue.Dictionary)?.Items ?? [])
            {
                json.WritePropertyName(((PickleValue.Text)key).Value);
                Write(value);
            }
        }

        private void Tensor(PickleValue.Tensor tensor)
        {
            // The vectors give no name to a storage without content.
            var named = tensor.Memory.Bytes > 0;
            if (named && !_storages.Contains(tensor.Memory.Key))
                _storages.Add(tensor.Memory.Key);
            json.WriteString("type", tensor.IsParameter ? "Parameter" : "Tensor");
            json.WriteString("dtype", tensor.Type.Name);
            Numbers("shape", tensor.Shape);
            Numbers("stride", tensor.Stride);
            json.WriteNumber("storage_offset", tensor.Offset);
            json.WriteString("storage", named ? $"s{_storages.IndexOf(tensor.Memory.Key)}" : null);
            json.WriteNumber("storage_bytes", tensor.Memory.Bytes);
            json.WriteBoolean("requires_grad", tensor.RequiresGrad);
            json.WriteString("hex", Convert.ToHexStringLower(archive.ReadBytes(tensor)));
        }

        private void Numbers(string name, IEnumerable<long> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        private static string Float(double value) => double.IsInfinity(value) ? value > 0 ? "inf" : "-inf"
            : value % 1 == 0 ? value.ToString("0.0", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
    }
}
