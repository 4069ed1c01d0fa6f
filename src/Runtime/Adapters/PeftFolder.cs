using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Storage;

namespace FineTune.Adapters;

/// <summary>Adapter folders as Hugging Face PEFT reads and writes them (developer guide "checkpoint").</summary>
internal static class PeftFolder
{
    private const string ConfigFile = "adapter_config.json";
    private const string WeightsFile = "adapter_model.safetensors";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a folder; it is complete once <c>adapter_config.json</c> is there.</summary>
    /// <param name="folder">The folder; made if absent.</param>
    /// <param name="adapters">The adapters.</param>
    /// <param name="baseModel">What the folder names as its base.</param>
    public static void Save(string folder, AdapterSet adapters, string baseModel)
    {
        Directory.CreateDirectory(folder);
        var tensors = adapters.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value));
        SafetensorsWriter.Write(Path.Combine(folder, WeightsFile), tensors, SafetensorsWriter.PyTorchFormat);
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), Config(adapters, baseModel).ToJsonString(Json) + "\n");
    }

    /// <summary>Attaches the adapter of a folder to a model.</summary>
    /// <exception cref="FineTuneException">
    /// FT5403: the folder is no LoRA adapter that is supported. FT5404: its tensors do not fit the model.
    /// </exception>
    public static AdapterSet Load(string folder, CausalLanguageModel model)
    {
        var options = ReadConfig(Path.Combine(folder, ConfigFile));
        var path = Path.Combine(folder, WeightsFile);
        using var reader = SafetensorsReader.Open(path);
        var unread = reader.Entries.Keys.ToHashSet();
        var adapters = AdapterSet.Attach(model, options, (_, name, shape) =>
        {
            if (!unread.Remove(name))
                throw new FineTuneException("FT5404", $"The adapter lacks tensor '{name}'.", path);
            if (!reader.Entries[name].Shape.SequenceEqual(shape))
            {
                throw new FineTuneException("FT5404", $"Tensor '{name}' has shape [{string.Join(", ", reader.Entries[name].Shape)}], "
                    + $"but the model asks for [{string.Join(", ", shape)}]. The adapter belongs to another base model.", path);
            }

            return reader.Read(name);
        });
        if (unread.Count > 0)
            throw new FineTuneException("FT5404", $"The model has no place for {unread.Count} tensors of the adapter, such as '{unread.Order().First()}'.", path);
        return adapters;
    }

    private static JsonObject Config(AdapterSet adapters, string baseModel)
    {
        var options = adapters.Options;
        // PEFT keeps targets as a set of names; "all-linear" is written as what it meant.
        var targets = options.Targets is ["all-linear"]
            ? adapters.Layers.Select(layer => layer.Path[(layer.Path.LastIndexOf('.') + 1)..]).Distinct()
            : options.Targets;
        return new JsonObject
        {
            ["alpha_pattern"] = new JsonObject(),
            ["auto_mapping"] = null,
            ["base_model_name_or_path"] = baseModel,
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layers_pattern"] = null,
            ["layers_to_transform"] = null,
            ["lora_alpha"] = options.Alpha,
            ["lora_dropout"] = options.Dropout,
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = options.Rank,
            ["rank_pattern"] = new JsonObject(),
            ["revision"] = null,
            ["target_modules"] = new JsonArray([.. targets.Order(StringComparer.Ordinal).Select(target => JsonValue.Create(target))]),
            ["task_type"] = "CAUSAL_LM",
            ["use_dora"] = false,
            ["use_rslora"] = options.UseRslora,
        };
    }

    private static LoraOptions ReadConfig(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var json = new JsonSettings(document.RootElement, path);
            return new PeftConfigReader(json, document.RootElement).Read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new FineTuneException("FT5403", $"This is no adapter folder: {ConfigFile} cannot be read ({exception.Message}).", path, exception);
        }
    }
}
