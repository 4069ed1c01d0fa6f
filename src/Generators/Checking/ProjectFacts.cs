using FineTune.Facts;
using FineTune.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune.Checking;

/// <summary>What the build has read of the models and data that the project's recipes name.</summary>
/// <param name="Models">The models that are on disk.</param>
/// <param name="Data">The data files that are on disk.</param>
/// <param name="DeviceMemory">The memory of the device that recipes shall run on, where the project tells it.</param>
internal sealed record ProjectFacts(EquatableArray<ModelFacts> Models, EquatableArray<DataFacts> Data, string? DeviceMemory)
{
    private const string ItemMetadata = "build_metadata.AdditionalFiles.FineTuneItem";

    /// <summary>Which sort of additional file the SDK has made a file; <see langword="null"/> for those of others.</summary>
    public static string? ItemOf(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(ItemMetadata, out var item) && item.Length > 0 ? item : null;

    /// <summary>Reads the fact files among a project's additional files.</summary>
    public static ProjectFacts Read(IEnumerable<AdditionalText> files, AnalyzerConfigOptionsProvider options, CancellationToken cancellation)
    {
        var models = new List<ModelFacts>();
        var data = new List<DataFacts>();
        foreach (var file in files)
        {
            switch (ItemOf(file, options))
            {
                case "ModelFacts":
                    models.AddRange(ReadModel(file, cancellation) is { } model ? [model] : []);
                    break;
                case "DataFacts":
                    data.AddRange(ReadData(file, cancellation) is { } rows ? [rows] : []);
                    break;
            }
        }

        return new(new(models), new(data), DeviceMemoryOf(options.GlobalOptions));
    }

    /// <summary>The property <c>FineTuneDeviceMemory</c>.</summary>
    public static string? DeviceMemoryOf(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.FineTuneDeviceMemory", out var memory) && memory.Trim().Length > 0 ? memory : null;

    public static ModelFacts? ReadModel(AdditionalText file, CancellationToken cancellation) =>
        file.GetText(cancellation) is { } text ? ModelFactsText.Read(text.ToString()) : null;

    public static DataFacts? ReadData(AdditionalText file, CancellationToken cancellation) =>
        file.GetText(cancellation) is { } text ? DataFactsText.Read(text.ToString()) : null;

    /// <summary>What is known of the model that a recipe names; <see langword="null"/>: nothing, as it is not on disk.</summary>
    public ModelFacts? ModelOf(KeySettings settings) =>
        Name(settings, ModelKeys.Base) is { } name ? Models.FirstOrDefault(model => model.Name == name) : null;

    /// <summary>What is known of the files that a key names; of rows that are all longer than what is looked at, nothing is.</summary>
    public IReadOnlyList<DataFacts> DataOf(KeySettings settings, Key key) => settings.TryGet(key, out var value)
        ? [.. KeyFiles.Of(value).Select(file => Data.FirstOrDefault(data => data.Name == file.Path)).OfType<DataFacts>().Where(data => data.Rows > 0)]
        : [];

    private static string? Name(KeySettings settings, Key key) =>
        settings.TryGet(key, out var value) && KeyFiles.Of(value) is [var first, ..] ? first.Path : null;
}
