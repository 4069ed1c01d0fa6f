using System.Text.Json;
using FineTune.Facts;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Storage;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>Adapter folders as Hugging Face PEFT reads and writes them (developer guide "checkpoint").</summary>
internal static class PeftFolder
{
    private const string ConfigFile = "adapter_config.json";
    private const string WeightsFile = "adapter_model.safetensors";
    private const string Prefix = "base_model.model.";

    /// <summary>Writes a folder; it is complete once <c>adapter_config.json</c> is there.</summary>
    /// <param name="folder">The folder; made if absent.</param>
    /// <param name="adapters">The adapter.</param>
    /// <param name="baseModel">What the folder names as its base.</param>
    public static void Save(string folder, AdapterSet adapters, string baseModel)
    {
        Directory.CreateDirectory(folder);
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var tensors = PlainLora.Tensors(adapters, adapters.Taken).Concat(Companions(adapters));
        var options = adapters.Taken.Count == 0 ? adapters.Options : PlainLora.Options(adapters.Options);
        SafetensorsWriter.Write(Path.Combine(folder, WeightsFile), tensors, SafetensorsWriter.PyTorchFormat);
        var config = PeftConfigWriter.Write(options, adapters.Adapters.Select(pair => pair.Module.Path), baseModel, adapters.Model.Config.IsClassifier);
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), config);
    }

    /// <summary>Attaches the adapter of a folder to a model.</summary>
    /// <remarks>The model keeps what the folder says of its base: untied heads, residuals, resized embeddings.</remarks>
    /// <exception cref="FineTuneException">
    /// FT5403: the folder is no LoRA adapter that is supported. FT5404: its tensors do not fit the model.
    /// </exception>
    public static AdapterSet Load(string folder, CausalLanguageModel model)
    {
        var options = ReadConfig(Path.Combine(folder, ConfigFile), model.Config.ModelType);
        var path = Path.Combine(folder, WeightsFile);
        using var reader = SafetensorsReader.Open(path);
        var unread = reader.Entries.Keys.ToHashSet();
        Tensor Read(string name, long[] shape)
        {
            if (!unread.Remove(name))
                throw new FineTuneException("FT5404", $"The adapter lacks tensor '{name}'.", path);
            if (!reader.Entries[name].Shape.SequenceEqual(shape))
            {
                throw new FineTuneException("FT5404", $"Tensor '{name}' has shape [{string.Join(", ", reader.Entries[name].Shape)}], "
                    + $"but the model asks for [{string.Join(", ", shape)}]. The adapter belongs to another base model.", path);
            }

            return reader.Read(name);
        }

        var adapters = AdapterSet.Attach(model, options, part => Read(part.Name, part.Shape));
        ReadBase(model, unread, Read);
        unread.ExceptWith(TiedCopies(adapters).Select(copy => copy.Key));
        if (unread.Count == 0)
            return adapters;
        adapters.Dispose();
        throw new FineTuneException("FT5404", $"The model has no place for {unread.Count} tensors of the adapter, such as '{unread.Order().First()}'.", path);
    }

    // PEFT saves the frozen weights of adapted embeddings and heads too: whoever resized them needs them.
    private static IEnumerable<KeyValuePair<string, Tensor>> Companions(AdapterSet adapters) => adapters.Adapters
        .Where(pair => pair.Module.Kind == ModuleKind.Embedding || pair.Module.Path == ModelShape.Head)
        .Select(pair => KeyValuePair.Create(
            $"{Prefix}{pair.Module.Path}.base_layer.weight",
            pair.Module.Kind == ModuleKind.Embedding ? adapters.Model.Embedding.Value : adapters.Model.Head.Weight.Value))
        .Concat(TiedCopies(adapters));

    private static void ReadBase(CausalLanguageModel model, IReadOnlySet<string> unread, Func<string, long[], Tensor> read)
    {
        using var none = no_grad();
        foreach (var parameter in new[] { model.Embedding, model.Head.Weight }.Distinct())
        {
            var name = $"{Prefix}{(parameter == model.Embedding ? model.Tokens.Path : model.Head.Path)}.base_layer.weight";
            if (!unread.Contains(name))
                continue;
            using var stored = read(name, parameter.Value.shape);
            parameter.Replace(stored.to(parameter.Value.dtype, copy: true));
        }
    }

    // A trained embedding that the head is tied to is in the file under both names, and so is a frozen one whose update is tied.
    private static IEnumerable<KeyValuePair<string, Tensor>> TiedCopies(AdapterSet adapters)
    {
        if (!adapters.Model.HeadIsTied)
            yield break;
        var embedding = adapters.Model.Embedding;
        if (embedding.IsTrained)
            yield return KeyValuePair.Create($"{Prefix}{ModelShape.Head}.weight", embedding.Value);
        if (adapters.Model.Head.Adapter is not null)
            yield return KeyValuePair.Create($"{Prefix}{ModelShape.Head}.base_layer.weight", embedding.Value);
    }

    private static LoraOptions ReadConfig(string path, string modelType)
    {
        try
        {
            using var document = FolderJson.Parse(File.ReadAllBytes(path));
            var json = new JsonSettings(document.RootElement, path);
            return new PeftConfigReader(json, document.RootElement, modelType).Read();
        }
        catch (JsonException exception)
        {
            throw new FineTuneException("FT5403", $"{ConfigFile} is not JSON: {FolderJson.Reason(exception)}. Get the file again from where it came.", FolderJson.Place(path, exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5403", $"This is no adapter folder: {ConfigFile} cannot be read ({exception.Message}).", path, exception);
        }
    }
}
